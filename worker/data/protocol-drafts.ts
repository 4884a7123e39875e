// Drafts of a protocol: one row per save, so that two tabs never overwrite each other and any earlier text can be restored. The row has its
// author and time, so saves are not logged in the audit journal. The routes of the editor read and write them.
import { type Draft, EMPTY_DRAFT } from '../../workflows/rules/protocol-draft.ts';
import { EMPTY_PROTOCOL, type ProtocolContent } from '../../workflows/rules/protocol.ts';
import { askOne, type Database, every, isClash, number, one, raised, type Read, type Row, text, type Write, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_DOCTOR } from './asker.ts';

/** A save of the current round. Version 0 means that nothing was saved. */
export interface Saved {
  readonly version: number;
  /** Null when nothing was saved. */
  readonly at: number | null;
  readonly draft: Draft;
}

export interface PastSave {
  readonly version: number;
  readonly at: number;
}

const PAST_SAVES = 12;

/** SQL: the current round, one more than the number of signed versions. */
const ROUND = '(SELECT 1 + count(*) FROM protocol p WHERE p.consultation_id = t.consultation_id)';

const OWN = `JOIN consultation c ON c.id = t.consultation_id WHERE c.id = ?3 AND ${IS_DOCTOR} AND t.round = ${ROUND}`;

/** The last save of the current round, for the doctor of the consultation; null when there is none. */
export const draftRead = (asker: Asker, id: string): Read<Saved | null> => ({
  sql: `${AS_ASKER} SELECT t.version, t.at, t.body FROM protocol_draft t ${OWN} ORDER BY t.version DESC LIMIT 1`,
  args: [...asArgs(asker), id],
  take: one(savedOf),
});

/** The saves before the last one, latest first. */
export const pastSavesRead = (asker: Asker, id: string): Read<PastSave[]> => ({
  sql: `${AS_ASKER} SELECT t.version, t.at FROM protocol_draft t ${OWN} ORDER BY t.version DESC LIMIT ${PAST_SAVES} OFFSET 1`,
  args: [...asArgs(asker), id],
  take: every(row => ({ version: number(row, 'version'), at: number(row, 'at') })),
});

/** One save of the current round. */
export const saveRead = (asker: Asker, id: string, version: number): Read<Saved | null> => ({
  sql: `${AS_ASKER} SELECT t.version, t.at, t.body FROM protocol_draft t ${OWN} AND t.version = ?4`,
  args: [...asArgs(asker), id, version],
  take: one(savedOf),
});

const savedOf = (row: Row): Saved => ({ version: number(row, 'version'), at: number(row, 'at'), draft: draftOf(text(row, 'body')) });

/** The bodies are written by this product. A field that was added to the protocol later is empty. */
function draftOf(body: string): Draft {
  const { content, reason } = JSON.parse(body) as { readonly content?: Partial<ProtocolContent>; readonly reason?: string };
  return { ...EMPTY_DRAFT, content: { ...EMPTY_PROTOCOL, ...content }, reason: reason ?? '' };
}

export interface Saving {
  readonly consultationId: string;
  readonly personId: string;
  readonly round: number;
  /** The version that this text is based on. */
  readonly base: number;
  readonly draft: Draft;
}

export type SaveResult =
  | { readonly kind: 'saved'; readonly version: number }
  /** Another tab has saved since; `standing` is the current save. */
  | { readonly kind: 'stale'; readonly standing: Saved }
  | { readonly kind: 'alreadySigned' }
  | { readonly kind: 'notTheDoctor' };

export const savesDraft = ({ consultationId, personId, round, base, draft }: Saving, now: number): Write => ({
  sql: 'INSERT INTO protocol_draft (consultation_id, round, version, body, person_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
  args: [consultationId, round, base + 1, JSON.stringify({ content: draft.content, reason: draft.reason }), personId, now],
});

/** Saves a text as the version after its base. `besides` are written in the same batch. */
export async function saveDraft(db: Database, saving: Saving, now: number, besides: readonly Write[] = []): Promise<SaveResult> {
  try {
    await write(db, [savesDraft(saving, now), ...besides]);
    return { kind: 'saved', version: saving.base + 1 };
  } catch (error) {
    if (isClash(error)) return { kind: 'stale', standing: await standingDraft(db, saving) };
    const name = raised(error, ['alreadySigned', 'notTheDoctor']);
    if (name === null) throw error;
    return { kind: name };
  }
}

/** What another tab has saved meanwhile. No check of the asker is needed: the table's trigger has already accepted this doctor. */
export async function standingDraft(db: Database, { consultationId, round }: Pick<Saving, 'consultationId' | 'round'>): Promise<Saved> {
  const saved = await askOne(db, {
    sql: 'SELECT version, at, body FROM protocol_draft WHERE consultation_id = ?1 AND round = ?2 ORDER BY version DESC LIMIT 1',
    args: [consultationId, round],
    take: one(savedOf),
  });
  return saved ?? { version: 0, at: null, draft: EMPTY_DRAFT };
}
