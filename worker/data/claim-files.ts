// Photographs and scans of a signed application. The first file since the form was made or changed is its signature; finance looks at it. Called by
// worker/routes/patient/claim-files.ts.
import type { FileType } from '../../workflows/rules/file.ts';
import { audited } from './audit.ts';
import { claimChanged } from './claim-signals.ts';
import { type Database, raised, type Write, write } from './db.ts';
import { newId } from './ids.ts';

export interface KeptClaimFile {
  readonly id: string;
  readonly claimId: string;
  readonly consultationId: string;
  readonly source: 'upload' | 'letter';
  /** Who uploaded it; null for a letter. */
  readonly personId: string | null;
  readonly sessionId: string | null;
  readonly letterId: string | null;
  /** From where a letter came. */
  readonly email: string | null;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly sha256: string;
  readonly key: string;
}

/** SQL: this file has a row. The same bytes that came before have one under another id. */
const IS_KEPT = (place: number): string => `EXISTS (SELECT 1 FROM claim_file x WHERE x.id = ?${place})`;

/** Adds a file; the same bytes again change nothing. A file of an open claim signs the form in force, once for each way. */
export const keepClaimFile = (f: KeptClaimFile, now: number): Write[] => [
  {
    sql: `INSERT INTO claim_file (id, claim_id, at, source, person_id, letter_id, name, type, bytes, sha256, key)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (claim_id, sha256) DO NOTHING`,
    args: [f.id, f.claimId, now, f.source, f.personId, f.letterId, f.name, f.type, f.bytes, f.sha256, f.key],
  },
  {
    sql: `INSERT INTO claim_signature (id, claim_id, form_version, way, at, person_id, session_id, email)
      SELECT ?1, m.id, (SELECT max(g.version) FROM claim_form g WHERE g.claim_id = m.id), ?3, ?4, ?5, ?6, ?7 FROM refund_claim m
      WHERE m.id = ?2 AND m.decided_at IS NULL AND m.withdrawn_at IS NULL AND ${IS_KEPT(8)} ON CONFLICT (claim_id, form_version, way) DO NOTHING`,
    args: [newId(), f.claimId, f.source, now, f.personId, f.sessionId, f.email, f.id],
  },
  {
    ...claimChanged(f.claimId, f.consultationId, `claim-file:${f.id}`, now, IS_KEPT(5)),
    args: [...claimChanged(f.claimId, f.consultationId, `claim-file:${f.id}`, now).args, f.id],
  },
  audited(
    {
      now,
      personId: f.personId,
      sessionId: f.sessionId,
      act: 'claim.file',
      kind: 'claimFile',
      id: f.id,
    },
    IS_KEPT(7),
  ),
];

export type ClaimFileKept = 'kept' | 'again' | 'claimIsFull';

/** `again`: the same bytes are there already. */
export async function keepsClaimFile(db: Database, file: KeptClaimFile, now: number): Promise<ClaimFileKept> {
  try {
    const [kept = 0] = await write(db, keepClaimFile(file, now));
    // D1 counts the rows of triggers too.
    return kept > 0 ? 'kept' : 'again';
  } catch (error) {
    if (raised(error, ['claimIsFull']) === null) throw error;
    return 'claimIsFull';
  }
}
