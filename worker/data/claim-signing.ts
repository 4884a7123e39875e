// The printed application of a refund claim and its signature by the code of a letter (a simple electronic signature, 63-ФЗ article 9): what is signed is
// the PDF with this hash. Called by worker/claims/application.ts and worker/routes/patient/claims.tsx.
import { auditedIfChanged } from './audit.ts';
import { claimChanged } from './claim-signals.ts';
import { type Database, raised, write } from './db.ts';
import { newId } from './ids.ts';

/** Keeps the hash (SHA-256, hex) and the key of the PDF of a form, once. The same facts give the same bytes. */
export async function formPrinted(
  db: Database,
  form: { readonly claimId: string; readonly version: number; readonly sha256: string; readonly key: string },
): Promise<void> {
  await write(db, [
    {
      sql: 'UPDATE claim_form SET sha256 = ?3, key = ?4 WHERE claim_id = ?1 AND version = ?2 AND sha256 IS NULL',
      args: [form.claimId, form.version, form.sha256, form.key],
    },
  ]);
}

export interface CodeSignature {
  readonly claimId: string;
  readonly consultationId: string;
  readonly version: number;
  readonly sha256: string;
  /** Where the code was sent. */
  readonly email: string;
  readonly personId: string;
  readonly sessionId: string;
}

/** `stale`: the form was changed after the code was sent. `over`: the claim is decided or withdrawn. */
export type SignedByCode = 'signed' | 'stale' | 'over';

/** Signs the form by the code, once. */
export async function signByCode(db: Database, s: CodeSignature, now: number): Promise<SignedByCode> {
  const { claimId, consultationId, personId, sessionId } = s;
  try {
    await write(db, [
      {
        sql: `INSERT INTO claim_signature (id, claim_id, form_version, way, at, person_id, session_id, email, sha256)
          VALUES (?1, ?2, ?3, 'code', ?4, ?5, ?6, ?7, ?8) ON CONFLICT (claim_id, form_version, way) DO NOTHING`,
        args: [newId(), claimId, s.version, now, personId, sessionId, s.email, s.sha256],
      },
      auditedIfChanged({ now, personId, sessionId, act: 'claim.sign', kind: 'claim', id: claimId, detail: s.sha256 }),
      claimChanged(claimId, consultationId, `claim-signed:${claimId}:${s.version}`, now),
    ]);
    return 'signed';
  } catch (error) {
    const name = raised(error, ['otherContent', 'claimIsOver']);
    if (name === null) throw error;
    return name === 'otherContent' ? 'stale' : 'over';
  }
}
