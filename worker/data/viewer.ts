// The viewer of a page in one statement: the person of the session, the roles, the number of unsigned consents and of upcoming
// consultations. Called by worker/http/page.tsx.
import { LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import { GRACE_MS, UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { number, numberOrNull, one, type Read, type Row, text, textOrNull } from './db.ts';
import { AS_ASKER, type Asker, asArgs } from './asker.ts';
import { CURRENT_DOCUMENTS, SIGNED_BY } from './consents.ts';
import { type DoorOpen, doorIn, OPEN_DOOR } from './meetings.ts';
import type { Role, Viewer } from '../../workflows/rules/person.ts';

export interface SessionViewer extends Viewer {
  readonly sessionId: string;
  readonly seenAt: number;
  readonly doctorId: string | null;
  readonly door: DoorOpen | null;
}

export const viewerRead = (asker: Asker): Read<SessionViewer | null> => ({
  sql: `${AS_ASKER}, ${OPEN_DOOR} SELECT p.id, p.family_name, p.given_name, p.middle_name, p.birth_date, p.email, p.snils_masked, s.id AS session_id, s.seen_at, s.visit_id,
      (SELECT group_concat(r.role) FROM role r WHERE r.person_id = p.id) AS roles,
      a.doctor_id,
      EXISTS (SELECT 1 FROM identity i WHERE i.person_id = p.id AND i.confirmed = 1) AS identified,
      (SELECT count(*) FROM (${CURRENT_DOCUMENTS}) doc WHERE NOT EXISTS (${SIGNED_BY('p.id', 'doc.id')})) AS missing,
      (SELECT count(*) FROM hold h WHERE h.patient_id = p.id AND h.released_at IS NULL AND h.firm_at IS NULL AND h.expires_at + ${GRACE_MS} > ?2)
      + (SELECT count(*) FROM hold h WHERE h.patient_id = p.id AND h.released_at IS NULL AND h.firm_at IS NOT NULL AND h.concluded_at IS NULL
        AND h.start_at > ?2 - ${UPCOMING_TAIL_MS + LONGEST_VISIT_MS} AND h.end_at > ?2 - ${UPCOMING_TAIL_MS}) AS upcoming, door.*
    FROM asking a JOIN session s ON s.id = a.session_id JOIN person p ON p.id = a.me LEFT JOIN door ON TRUE`,
  args: asArgs(asker),
  take: one(viewerOf),
});

const STAFF: Record<string, Role> = { doctor: 'doctor', frontDesk: 'frontDesk', finance: 'finance', support: 'support', owner: 'owner' };

function viewerOf(row: Row): SessionViewer {
  const staff = (textOrNull(row, 'roles') ?? '').split(',').flatMap(name => STAFF[name] ?? []);
  return {
    id: text(row, 'id'),
    sessionId: text(row, 'session_id'),
    seenAt: number(row, 'seen_at'),
    onlyVisit: textOrNull(row, 'visit_id'),
    doctorId: textOrNull(row, 'doctor_id'),
    door: doorIn(row),
    familyName: text(row, 'family_name'),
    givenName: text(row, 'given_name'),
    middleName: textOrNull(row, 'middle_name'),
    birthDate: textOrNull(row, 'birth_date'),
    email: textOrNull(row, 'email'),
    snilsMasked: textOrNull(row, 'snils_masked'),
    roles: staff.length > 0 ? staff : ['patient'],
    identified: numberOrNull(row, 'identified') === 1,
    missingConsents: number(row, 'missing'),
    upcoming: number(row, 'upcoming'),
  };
}
