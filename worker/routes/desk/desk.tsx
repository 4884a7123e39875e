// «/desk», the first page of the staff: a doctor sees today's own consultations, other roles see their name and roles. Everybody else gets
// 404.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { DeskPage, StaffPage, Today } from '../../../views/index.ts';
import type { DeskRow } from '../../../views/desk/desk-view.ts';
import { dateOf } from '../../../views/format.ts';
import { doorOf, mayEnter } from '../../../workflows/rules/admission.ts';
import { lateMinutesOf } from '../../../workflows/rules/delay.ts';
import { statusOf } from '../../../workflows/rules/status.ts';
import { UNSIGNED_DESK_MS } from '../../../workflows/rules/protocol.ts';
import { may, rolesFor } from '../../../workflows/rules/may.ts';
import { sha256 } from '../../auth/seal.ts';
import type { Answers } from '../../data/db.ts';
import type { Asker } from '../../data/asker.ts';
import { deskChecksRead } from '../../data/device-checks.ts';
import { deskRead } from '../../data/consultations.ts';
import { unmetRead } from '../../data/visit-confirmations.ts';
import { overdueRead, unendedRead, unsignedRead } from '../../data/unsigned.ts';
import { troublesRead } from '../../data/troubles.ts';
import type { HonoEnv } from '../../world.ts';
import { drawn, isFragment, polled, seeViewer } from '../../http/page.tsx';
import type { ClinicSettings } from '../../../workflows/rules/clinic.ts';
import { fullNameOf } from '../../../workflows/rules/person.ts';

// Half a day before and after now covers the clinic's date in any time zone; rows of other dates are filtered out below.
const HALF_DAY_MS = 12 * 3_600_000;

const dayReads = (asker: Asker) => ({
  entries: deskRead(asker, asker.now - HALF_DAY_MS, asker.now + HALF_DAY_MS),
  checks: deskChecksRead(asker, asker.now - HALF_DAY_MS, asker.now + HALF_DAY_MS),
});

export const desk = new Hono<HonoEnv>()
  .get('/desk', requires('workplace'), async c => {
    const seen = await seeViewer(c, asker => ({
      ...dayReads(asker),
      unended: unendedRead(asker),
      unsigned: unsignedRead(asker),
      troubles: troublesRead(asker, rolesFor('troubles')),
      overdue: overdueRead(asker, rolesFor('overdueProtocols'), c.var.now - UNSIGNED_DESK_MS),
      unmet: unmetRead(asker, rolesFor('confirmVisits')),
    }));
    if (!may(seen.viewer.roles, 'desk')) {
      const overdue = may(seen.viewer.roles, 'overdueProtocols') ? seen.data.overdue : null;
      const unmet = may(seen.viewer.roles, 'confirmVisits') ? seen.data.unmet : [];
      return drawn(c, <StaffPage frame={seen.frame} overdue={overdue} unmet={unmet} troubles={seen.data.troubles} />);
    }
    const { unended, unsigned, troubles } = seen.data;
    const lists = { unended, unsigned, troubles };
    return drawn(c, <DeskPage frame={seen.frame} {...(await todayOf(c, seen.data, seen.clinic))} {...lists} />);
  })

  .get('/desk/today', requires('desk'), async c => {
    const seen = await seeViewer(c, dayReads);
    if (!isFragment(c)) return c.redirect('/desk', 303);
    const today = await todayOf(c, seen.data, seen.clinic);
    return polled(c, today.seen, () => <Today frame={seen.frame} {...today} />);
  });

async function todayOf(c: Context<HonoEnv>, { entries, checks }: Answers<ReturnType<typeof dayReads>>, clinic: ClinicSettings) {
  const { now } = c.var;
  const rows = entries
    .filter(({ consultation }) => dateOf(consultation.facts.startsAt, clinic.zone) === dateOf(now, clinic.zone))
    .map(({ consultation, patient, presentSince }): DeskRow => {
      const { facts } = consultation;
      const status = statusOf(facts, now);
      const isOver = mayEnter(facts, 'doctor', now, clinic).kind === 'over';
      const { waitingFrom, joinFrom } = doorOf(facts.startsAt, clinic);
      return {
        id: consultation.id,
        facts,
        status,
        patient: fullNameOf(patient),
        birthDate: patient.birthDate,
        waitsSince: status === 'waiting' ? presentSince : null,
        joinsFrom: isOver ? null : Math.min(waitingFrom, joinFrom),
        check: checks.get(consultation.id) ?? null,
        lateMinutes: lateMinutesOf(facts, consultation.trace, now),
        cancelReason: consultation.cancelReason,
      };
    });
  const opened = rows.filter(({ joinsFrom }) => joinsFrom !== null && joinsFrom <= now).length;
  return { rows, seen: (await sha256(JSON.stringify([rows, opened]))).slice(0, 16) };
}
