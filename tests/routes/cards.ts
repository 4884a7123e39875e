// Protocols and files of a medical card, written as signing and the room write them. Used by the tests of the card.
import { write } from '../../worker/data/db.ts';
import { indexesProtocol } from '../../worker/data/card-words.ts';
import { newId } from '../../worker/data/ids.ts';
import { EMPTY_PROTOCOL, type ProtocolContent } from '../../workflows/rules/protocol.ts';
import { type CastPerson, MAKETOVA, MINUTE } from '../cast.ts';
import { bindings, d1, db, run } from '../data/d1.ts';
import { metInCall } from './meeting.ts';

export const PDF = '%PDF-1.7 protocol';

export const CONTENT: ProtocolContent = {
  ...EMPTY_PROTOCOL,
  complaints: 'Боль отдаёт к сердцу, особенно вечером.',
  conclusion: 'Нужен очный приём.',
  recommendations: 'Дневник давления: утром и вечером.\nПри боли в груди вызвать 103.',
};

export interface Given {
  readonly doctorId?: string;
  readonly doctorPersonId?: string;
  readonly content?: ProtocolContent & { readonly [key: string]: unknown };
  readonly pdf?: boolean;
  readonly firm?: boolean;
}

/** A consultation that was paid and took place at `startsAt`, without a protocol. */
export async function visited(patientId: string, startsAt: number, given: Given = {}): Promise<string> {
  const { doctorId = MAKETOVA.doctorId, doctorPersonId = MAKETOVA.id, firm = true } = given;
  const id = newId();
  const endsAt = startsAt + 30 * MINUTE;
  await run([
    {
      sql: `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
        VALUES (?, ?, ?, ?, ?, 230000, 'RUB', 'anna@example.ru', 'ru', ?, ?)`,
      args: [id, patientId, doctorId, startsAt, endsAt, startsAt - MINUTE, newId()],
    },
    {
      sql: 'INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at, firm_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      args: [id, doctorId, patientId, startsAt, endsAt, startsAt, firm ? startsAt - MINUTE : null],
    },
    ...(firm
      ? [
          ...metInCall(id, patientId, doctorPersonId, startsAt),
          {
            sql: "INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?, ?, ?, 'tookPlace')",
            args: [id, endsAt, doctorPersonId],
          },
        ]
      : []),
  ]);
  return id;
}

/** Signs and indexes the next version of a consultation's protocol; with its PDF by default. */
export async function signs(consultationId: string, patientId: string, doctor: CastPerson, at: number, given: Given = {}): Promise<string> {
  const id = newId();
  const content = given.content ?? CONTENT;
  const versions = await d1
    .prepare('SELECT id FROM protocol WHERE consultation_id = ?1 ORDER BY version')
    .bind(consultationId)
    .all<{ id: string }>();
  const amends = versions.results.at(-1)?.id ?? null;
  const session = await d1.prepare('SELECT id FROM session WHERE token_hash = ?1').bind(doctor.tokenHash).first<{ id: string }>();
  const hash = id.replaceAll('-', '');
  await write(db, [
    {
      sql: `INSERT INTO protocol (id, consultation_id, version, amends_id, reason, content, content_hash, verify_code, published_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
      args: [
        id,
        consultationId,
        versions.results.length + 1,
        amends,
        amends && 'Уточнён срок',
        JSON.stringify(content),
        hash,
        hash.slice(-26),
        at,
      ],
    },
    {
      sql: 'INSERT INTO signature (protocol_id, person_id, session_id, content_hash, at) VALUES (?1, ?2, ?3, ?4, ?5)',
      args: [id, doctor.id, session?.id ?? '', hash, at],
    },
    indexesProtocol(id, patientId, content),
  ]);
  if (given.pdf !== false) await renders(id, at);
  return id;
}

export async function renders(protocolId: string, at: number): Promise<void> {
  const hash = `hash-of-${protocolId}`;
  await bindings.FILES.put(`protocols/${hash}.pdf`, PDF);
  await run([
    { sql: 'INSERT INTO rendition (protocol_id, hash, bytes, at) VALUES (?, ?, ?, ?)', args: [protocolId, hash, PDF.length, at] },
  ]);
}

/** The smallest picture of one pixel: start, frame, scan, end. */
export const JPEG = Uint8Array.from(atob('/9j/wAALCAABAAEBAREA/9oACAEBAAA/AAD/2Q=='), character => character.charCodeAt(0));

/** A file that somebody sent in the chat of a consultation. */
export async function gave(consultationId: string, personId: string, name: string, at: number): Promise<string> {
  const id = newId();
  await bindings.FILES.put(`rooms/${consultationId}/${id}`, JPEG);
  await run([
    {
      sql: "INSERT INTO room_file (id, consultation_id, person_id, name, type, bytes, at, key) VALUES (?, ?, ?, ?, 'image/jpeg', ?, ?, ?)",
      args: [id, consultationId, personId, name, JPEG.length, at, `rooms/${consultationId}/${id}`],
    },
  ]);
  return id;
}

export const actsForChild = (childId: string, guardianId: string, since: number, until: number | null = null) =>
  run([
    { sql: 'INSERT INTO guardian (child_id, guardian_id, since, until) VALUES (?, ?, ?, ?)', args: [childId, guardianId, since, until] },
  ]);
