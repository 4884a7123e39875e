// The work on the PDF of a signed protocol: which call has it, and what the signing service has signed for it. Called by
// worker/protocol/render.ts.
import type { Certificate } from '../documents/protocol-document.ts';
import { RENDERING_MS } from '../../workflows/clocks.ts';
import { askOne, type Database, one, type Row, text, textOrNull, write } from './db.ts';

/** What a signing service has signed. `digest` (SHA-256 of the signed bytes) and `cms` are base64. */
export interface KeptSignature {
  readonly certificate: Certificate;
  readonly digest: string;
  readonly cms: string;
}

/**
 * Takes the work for the call `taker`, for as long as an attempt may last. Null when another call has it. `kept` is the signature of an
 * earlier attempt whose file could not be stored; null when there is none.
 */
export const takeRendering = (
  db: Database,
  protocolId: string,
  taker: string,
  now: number,
): Promise<{ readonly kept: KeptSignature | null } | null> =>
  askOne(db, {
    sql: `INSERT INTO rendering (protocol_id, taken_by, taken_until) VALUES (?1, ?2, ?3 + ${RENDERING_MS})
      ON CONFLICT (protocol_id) DO UPDATE SET taken_by = ?2, taken_until = ?3 + ${RENDERING_MS} WHERE rendering.taken_until <= ?3
      RETURNING certificate, digest, cms`,
    args: [protocolId, taker, now],
    take: one(row => ({ kept: keptOf(row) })),
  });

function keptOf(row: Row): KeptSignature | null {
  const [certificate, cms] = [textOrNull(row, 'certificate'), textOrNull(row, 'cms')];
  if (certificate === null || cms === null) return null;
  return { certificate: JSON.parse(certificate) as Certificate, digest: text(row, 'digest'), cms };
}

/** Keeps a signature as soon as it is made; null forgets one that is of other bytes. */
export async function keepSignature(db: Database, protocolId: string, signature: KeptSignature | null): Promise<void> {
  await write(db, [
    {
      sql: 'UPDATE rendering SET certificate = ?2, digest = ?3, cms = ?4 WHERE protocol_id = ?1',
      args: [protocolId, signature && JSON.stringify(signature.certificate), signature?.digest ?? null, signature?.cms ?? null],
    },
  ]);
}

/** Lets the next attempt begin at once. */
export async function releaseRendering(db: Database, protocolId: string, taker: string): Promise<void> {
  await write(db, [{ sql: 'UPDATE rendering SET taken_until = 0 WHERE protocol_id = ?1 AND taken_by = ?2', args: [protocolId, taker] }]);
}

/** Records once that this PDF can never be made; the desk shows it. */
export async function failRendering(db: Database, protocolId: string, why: string, now: number): Promise<void> {
  await write(db, [
    {
      sql: `INSERT INTO rendering (protocol_id, taken_until, failed_at, why) VALUES (?1, 0, ?3, ?2)
        ON CONFLICT (protocol_id) DO UPDATE SET failed_at = coalesce(failed_at, ?3), why = coalesce(why, ?2)`,
      args: [protocolId, why, now],
    },
  ]);
}
