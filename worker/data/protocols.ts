// Signs a protocol, the first or an amendment, and reads signed versions for their doctor. Rows of a protocol and its signature never
// change. The same batch starts the workflow that makes the PDF and sends the letter. Called by worker/routes/desk/signatures.tsx.
import canonicalize from 'canonicalize';
import { type Draft, tidied } from '../../workflows/rules/protocol-draft.ts';
import { EMPTY_PROTOCOL, type ProtocolContent, type SignedProtocol } from '../../workflows/rules/protocol.ts';
import { sha256 } from '../auth/seal.ts';
import { newVerifyCode } from '../documents/verify-code.ts';
import {
  askOne,
  type Database,
  every,
  isClash,
  number,
  one,
  raised,
  type Read,
  type Row,
  text,
  textOrNull,
  type Write,
  write,
} from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_DOCTOR } from './asker.ts';
import { audited } from './audit.ts';
import { indexesProtocol } from './card-words.ts';
import { newId } from './ids.ts';
import { signals, tells } from './outbox.ts';
import { type Saved, savesDraft, standingDraft } from './protocol-drafts.ts';

/** A question of the questionnaire with its answer; signed together with the protocol. */
export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: string;
}

/** The signed content: the doctor's fields and the patient's answers. */
export interface SignedContent extends ProtocolContent {
  readonly questionnaire: readonly AnsweredQuestion[];
}

/** Every signed version, oldest first, for the doctor of the consultation. */
export const signedRead = (asker: Asker, id: string): Read<SignedProtocol[]> => ({
  sql: `${AS_ASKER} SELECT p.*, s.at AS signed_at FROM protocol p JOIN signature s ON s.protocol_id = p.id
      JOIN consultation c ON c.id = p.consultation_id
    WHERE c.id = ?3 AND ${IS_DOCTOR} ORDER BY p.version`,
  args: [...asArgs(asker), id],
  take: every(signedOf),
});

function signedOf(row: Row): SignedProtocol {
  const { questionnaire = [], ...content } = JSON.parse(text(row, 'content')) as Partial<SignedContent>;
  return {
    id: text(row, 'id'),
    version: number(row, 'version'),
    reason: textOrNull(row, 'reason'),
    content: { ...EMPTY_PROTOCOL, ...content },
    questionnaire,
    contentHash: text(row, 'content_hash'),
    verifyCode: text(row, 'verify_code'),
    signedAt: number(row, 'signed_at'),
  };
}

export interface Signing {
  readonly consultationId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly personId: string;
  readonly sessionId: string;
  /** The version that this protocol gets; 1 is the first. */
  readonly round: number;
  /** The save that this text is based on. */
  readonly base: number;
  readonly draft: Draft;
  readonly questionnaire: readonly AnsweredQuestion[];
  /** The previous version; null for the first. */
  readonly amendsId: string | null;
}

export type SignResult =
  | { readonly kind: 'signed'; readonly protocolId: string; readonly contentHash: string }
  /** Another tab has saved since this text was read. */
  | { readonly kind: 'stale'; readonly standing: Saved }
  /** This version is already signed; `isSame` when with this same text. */
  | { readonly kind: 'alreadySigned'; readonly isSame: boolean }
  | { readonly kind: 'notConcluded' }
  | { readonly kind: 'notTheDoctor' };

/**
 * Signs and publishes in one batch: the last save, the protocol, its signature, the messages to Temporal and the journal row. When two tabs
 * sign, the key of the save or the trigger for the round refuses the second, so there is one protocol.
 */
export async function signProtocol(db: Database, signing: Signing, now: number): Promise<SignResult> {
  const content = canonical(signing);
  const contentHash = await sha256(content);
  const protocolId = newId();
  try {
    await write(db, writesOf(signing, { protocolId, content, contentHash }, now));
    return { kind: 'signed', protocolId, contentHash };
  } catch (error) {
    const name = raised(error, ['alreadySigned', 'notInTurn', 'notConcluded', 'notTheDoctor']);
    if (name === 'notConcluded' || name === 'notTheDoctor') return { kind: name };
    if (name === null && !isClash(error)) throw error;
    const signedHash = await hashOfVersion(db, signing);
    if (signedHash !== null) return { kind: 'alreadySigned', isSame: signedHash === contentHash };
    if (name !== null) throw error;
    return { kind: 'stale', standing: await standingDraft(db, signing) };
  }
}

/** RFC 8785 (JSON Canonicalization Scheme): the same content always has the same bytes and the same hash. */
export const canonical = ({ draft, questionnaire }: Pick<Signing, 'draft' | 'questionnaire'>): string =>
  canonicalize({ ...tidied(draft.content), questionnaire }) ?? '';

interface Document {
  readonly protocolId: string;
  readonly content: string;
  readonly contentHash: string;
}

function writesOf(s: Signing, document: Document, now: number): Write[] {
  const { personId, sessionId } = s;
  const { protocolId, contentHash } = document;
  return [
    savesDraft(s, now),
    insertsProtocol(s, document, now),
    {
      sql: 'INSERT INTO signature (protocol_id, person_id, session_id, content_hash, at) VALUES (?1, ?2, ?3, ?4, ?5)',
      args: [protocolId, personId, sessionId, contentHash, now],
    },
    ...tellsTemporal(s, protocolId, now),
    audited({ now, personId, sessionId, act: s.round === 1 ? 'protocol.sign' : 'protocol.amend', kind: 'protocol', id: protocolId }),
    indexesProtocol(protocolId, s.patientId, { ...tidied(s.draft.content), questionnaire: s.questionnaire }),
  ];
}

const insertsProtocol = (s: Signing, { protocolId, content, contentHash }: Document, now: number): Write => ({
  sql: `INSERT INTO protocol (id, consultation_id, version, amends_id, reason, content, content_hash, verify_code, published_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
  args: [
    protocolId,
    s.consultationId,
    s.round,
    s.amendsId,
    s.amendsId === null ? null : s.draft.reason.trim(),
    content,
    contentHash,
    newVerifyCode(),
    now,
  ],
});

/** The workflow of the protocol is started before the consultation's workflow is signalled. */
function tellsTemporal(s: Signing, protocolId: string, now: number): Write[] {
  const { consultationId, doctorId, round: version } = s;
  return [
    tells(
      consultationId,
      `startProtocol:${consultationId}:${version}`,
      { kind: 'startProtocol', input: { protocolId, consultationId, doctorId, version } },
      now,
    ),
    signals(consultationId, 'protocolSigned', `protocolSigned:${consultationId}:${version}`, now),
  ];
}

async function hashOfVersion(db: Database, { consultationId, round }: Signing): Promise<string | null> {
  return await askOne(db, {
    sql: 'SELECT content_hash FROM protocol WHERE consultation_id = ?1 AND version = ?2',
    args: [consultationId, round],
    take: one(row => text(row, 'content_hash')),
  });
}
