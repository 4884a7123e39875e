// Versions of consent documents, and what a person has signed or withdrawn. Called by worker/routes/public/consents.tsx and viewer.ts.
import type { ConsentDocument } from '../../workflows/rules/consent.ts';
import { both, type Database, every, number, numberOrNull, one, type Read, type Row, text, type Write, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { auditedIfChanged } from './audit.ts';
import { newId } from './ids.ts';

/** SQL: the newest version of each kind. */
export const CURRENT_DOCUMENTS = 'SELECT * FROM current_document';

/** SQL: has a row when this person has signed this document and not withdrawn. */
export const SIGNED_BY = (person: string, document: string): string =>
  `SELECT 1 FROM consent c WHERE c.person_id = ${person} AND c.document_id = ${document} AND NOT EXISTS (SELECT 1 FROM consent_withdrawal w WHERE w.consent_id = c.id)`;

const SIGNED_AT = `(SELECT max(c.at) FROM consent c WHERE c.person_id = ${ME} AND c.document_id = cd.id
  AND NOT EXISTS (SELECT 1 FROM consent_withdrawal w WHERE w.consent_id = c.id)) AS signed_at`;

/** Current documents, each with the instant when the asker signed it. */
export const documentsRead = (asker: Asker): Read<ConsentDocument[]> => ({
  sql: `${AS_ASKER} SELECT cd.*, ${SIGNED_AT} FROM (${CURRENT_DOCUMENTS}) cd
    ORDER BY CASE cd.kind WHEN 'personalData' THEN 1 WHEN 'informedConsent' THEN 2 ELSE 3 END`,
  args: asArgs(asker),
  take: every(documentOf),
});

/** One document of any version, because a signed version must stay readable. */
export const documentRead = (asker: Asker, id: string): Read<ConsentDocument | null> => ({
  sql: `${AS_ASKER} SELECT cd.*, ${SIGNED_AT} FROM consent_document cd WHERE cd.id = ?3`,
  args: [...asArgs(asker), id],
  take: one(documentOf),
});

export interface Signer {
  readonly personId: string;
  readonly sessionId: string;
  readonly now: number;
}

/** Signs current documents that are not signed yet; earlier signatures are not changed. */
export async function signConsents(db: Database, signer: Signer, documentIds: readonly string[]): Promise<void> {
  const writes = documentIds.map(
    (id): Write => ({
      sql: `INSERT INTO consent (id, person_id, document_id, hash, session_id, at)
        SELECT ?1, ?2, d.id, d.hash, ?3, ?4 FROM (${CURRENT_DOCUMENTS}) d WHERE d.id = ?5 AND NOT EXISTS (${SIGNED_BY('?2', 'd.id')})`,
      args: [newId(), signer.personId, signer.sessionId, signer.now, id],
    }),
  );
  if (writes.length > 0)
    await write(
      db,
      writes.flatMap((signs, i) => [
        signs,
        auditedIfChanged({ ...signer, act: 'consent.sign', kind: 'consent', id: documentIds[i] ?? null }),
      ]),
    );
}

export async function withdrawConsent(db: Database, signer: Signer, documentId: string): Promise<void> {
  await write(db, [
    {
      sql: `INSERT INTO consent_withdrawal (consent_id, at) SELECT c.id, ?1 FROM consent c WHERE c.person_id = ?2 AND c.document_id = ?3
        AND NOT EXISTS (SELECT 1 FROM consent_withdrawal w WHERE w.consent_id = c.id)`,
      args: [signer.now, signer.personId, documentId],
    },
    auditedIfChanged({ ...signer, act: 'consent.withdraw', kind: 'consent', id: documentId }),
  ]);
}

const KINDS = { personalData: 'personalData', informedConsent: 'informedConsent', offer: 'offer' } as const;

const documentOf = (row: Row): ConsentDocument => ({
  id: text(row, 'id'),
  kind: KINDS[text(row, 'kind') as keyof typeof KINDS],
  version: number(row, 'version'),
  title: both(row, 'title'),
  summary: both(row, 'summary'),
  without: both(row, 'without'),
  body: both(row, 'body'),
  hash: text(row, 'hash'),
  publishedAt: number(row, 'published_at'),
  signedAt: numberOrNull(row, 'signed_at'),
});
