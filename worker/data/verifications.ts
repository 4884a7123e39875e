// What anybody can read with the code printed on a protocol: who signed it, when, and the hash of the content; nothing about the patient.
// Called by worker/routes/public/verify.tsx.
import { both, number, numberOrNull, one, type Read, type Row, text, textOrNull } from './db.ts';
import type { Verified } from '../../workflows/rules/verification.ts';

export const verifiedRead = (code: string): Read<Verified | null> => ({
  sql: `SELECT p.version, p.content_hash, s.at AS signed_at, d.family_name_ru, d.family_name_en, d.given_name_ru, d.given_name_en, d.registry_id,
      y.name_ru, y.name_en, r.hash, r.bytes, r.signed_by,
      (SELECT max(l.published_at) FROM protocol l WHERE l.consultation_id = p.consultation_id AND l.version > p.version) AS amended_at
    FROM protocol p JOIN signature s ON s.protocol_id = p.id JOIN consultation c ON c.id = p.consultation_id JOIN doctor d ON d.id = c.doctor_id
      JOIN specialty y ON y.id = d.specialty_id LEFT JOIN rendition r ON r.protocol_id = p.id
    WHERE p.verify_code = ?1`,
  args: [code],
  take: one(verifiedOf),
});

const verifiedOf = (row: Row): Verified => ({
  version: number(row, 'version'),
  signedAt: number(row, 'signed_at'),
  doctor: {
    familyName: both(row, 'family_name'),
    givenName: both(row, 'given_name'),
    specialty: both(row, 'name'),
    registryId: text(row, 'registry_id'),
  },
  contentHash: text(row, 'content_hash'),
  file: row['hash'] === null ? null : { hash: text(row, 'hash'), bytes: number(row, 'bytes'), signedBy: textOrNull(row, 'signed_by') },
  amendedAt: numberOrNull(row, 'amended_at'),
});
