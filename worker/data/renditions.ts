// The PDF of a protocol: everything printed on it, and the row that says where it is stored. Only the system reads this. Called by
// worker/protocol/render.ts.
import type { InPersonVisit } from '../../workflows/rules/protocol.ts';
import { askOne, both, type Database, every, isClash, number, one, type Read, type Row, text, textOrNull, write } from './db.ts';
import { audited } from './audit.ts';
import type { Bilingual } from '../../workflows/rules/lang.ts';

/** A signed protocol with everything that is printed; `content` is the signed JSON. */
export interface Printable {
  readonly version: number;
  readonly reason: string | null;
  readonly content: string;
  readonly contentHash: string;
  readonly verifyCode: string;
  readonly signedAt: number;
  readonly firstAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly concludedAt: number;
  readonly patient: { readonly name: string; readonly birthDate: string | null };
  readonly doctor: { readonly id: string; readonly name: string; readonly specialty: Bilingual; readonly registryId: string };
  readonly isRendered: boolean;
}

export const printableRead = (protocolId: string): Read<Printable | null> => ({
  sql: `SELECT p.version, p.reason, p.content, p.content_hash, p.verify_code, s.at AS signed_at, f.published_at AS first_at, c.starts_at, c.ends_at,
      n.at AS concluded_at, r.hash AS rendition_hash, pt.family_name, pt.given_name, pt.middle_name, pt.birth_date,
      d.id AS doctor_id, d.family_name_ru, d.given_name_ru, dp.middle_name AS doctor_middle_name, d.registry_id, y.name_ru, y.name_en
    FROM protocol p JOIN signature s ON s.protocol_id = p.id JOIN protocol f ON f.consultation_id = p.consultation_id AND f.version = 1
      JOIN consultation c ON c.id = p.consultation_id JOIN conclusion n ON n.consultation_id = c.id
      JOIN person pt ON pt.id = c.patient_id JOIN doctor d ON d.id = c.doctor_id JOIN person dp ON dp.id = d.person_id
      JOIN specialty y ON y.id = d.specialty_id LEFT JOIN rendition r ON r.protocol_id = p.id
    WHERE p.id = ?1`,
  args: [protocolId],
  take: one(printableOf),
});

const printableOf = (row: Row): Printable => ({
  version: number(row, 'version'),
  reason: textOrNull(row, 'reason'),
  content: text(row, 'content'),
  contentHash: text(row, 'content_hash'),
  verifyCode: text(row, 'verify_code'),
  signedAt: number(row, 'signed_at'),
  firstAt: number(row, 'first_at'),
  startsAt: number(row, 'starts_at'),
  endsAt: number(row, 'ends_at'),
  concludedAt: number(row, 'concluded_at'),
  patient: { name: named(row, 'family_name', 'given_name', 'middle_name'), birthDate: textOrNull(row, 'birth_date') },
  doctor: {
    id: text(row, 'doctor_id'),
    name: named(row, 'family_name_ru', 'given_name_ru', 'doctor_middle_name'),
    specialty: both(row, 'name'),
    registryId: text(row, 'registry_id'),
  },
  isRendered: row['rendition_hash'] !== null,
});

const named = (row: Row, ...columns: string[]): string => columns.flatMap(column => textOrNull(row, column) ?? []).join(' ');

/** The patient's recorded in-person visits. */
export const visitsRead = (protocolId: string): Read<(InPersonVisit & { readonly enteredAt: number })[]> => ({
  sql: `SELECT v.visited_on, v.entered_at FROM in_person_visit v JOIN consultation c ON c.patient_id = v.patient_id
    JOIN protocol p ON p.consultation_id = c.id WHERE p.id = ?1`,
  args: [protocolId],
  take: every(row => ({ visitedOn: text(row, 'visited_on'), enteredAt: number(row, 'entered_at') })),
});

export interface Rendition {
  readonly protocolId: string;
  /** SHA-256 of the file, hex; also its name in R2. */
  readonly hash: string;
  readonly bytes: number;
  /** The result of the signing service: detached CMS in base64, and the holder of the certificate. */
  readonly qualified: { readonly cms: string; readonly signedBy: string } | null;
}

/** Stores the row once. Of two concurrent calls the first wins. Returns the hash that is stored. */
export async function keepRendition(db: Database, { protocolId, hash, bytes, qualified }: Rendition, now: number): Promise<string> {
  try {
    await write(db, [
      {
        sql: 'INSERT INTO rendition (protocol_id, hash, bytes, at, cms, signed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
        args: [protocolId, hash, bytes, now, qualified?.cms ?? null, qualified?.signedBy ?? null],
      },
      audited({ now, personId: null, sessionId: null, act: 'protocol.render', kind: 'protocol', id: protocolId }),
    ]);
    return hash;
  } catch (error) {
    if (!isClash(error)) throw error;
    const standing = await askOne(db, hashRead(protocolId));
    return standing ?? hash;
  }
}

const hashRead = (protocolId: string): Read<string | null> => ({
  sql: 'SELECT hash FROM rendition WHERE protocol_id = ?1',
  args: [protocolId],
  take: one(row => text(row, 'hash')),
});
