// A visit that took place and its signed protocol, written as the signing route writes them.
import { sha256 } from '../../worker/auth/seal.ts';
import { write } from '../../worker/data/db.ts';
import { newId } from '../../worker/data/ids.ts';
import { newVerifyCode } from '../../worker/documents/verify-code.ts';
import { MAKETOVA, MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { CONTENT } from '../documents/protocols.ts';
import { d1, db, freshClinic } from '../data/d1.ts';
import { type Meeting, meeting } from './meeting.ts';
import { call, ended } from './passports.ts';
import { Product } from './product.ts';

export interface Signed {
  readonly protocolId: string;
  readonly code: string;
  readonly contentHash: string;
  readonly signedAt: number;
}

const ANSWERS = [{ question: 'Есть ли аллергия?', answer: 'На пенициллин' }];

/** A fresh clinic, one hour after the start of a visit that took place, with its protocol signed. */
export async function freshlySigned(): Promise<{ product: Product; visit: Meeting; signed: Signed }> {
  await freshClinic();
  const product = new Product();
  const visit = await meeting(TOMORROW_14_30);
  product.now = visit.startsAt + 60 * MINUTE;
  await call(visit);
  await ended(visit);
  return { product, visit, signed: await signs(visit) };
}

/** Uses the doctor's session from `meeting`. */
export async function signs(visit: Meeting, given: { amends?: Signed; content?: object } = {}): Promise<Signed> {
  const { amends } = given;
  const version = amends === undefined ? 1 : 2;
  const content = JSON.stringify({ ...CONTENT, questionnaire: ANSWERS, ...given.content });
  const contentHash = await sha256(content);
  const [protocolId, code] = [newId(), newVerifyCode()];
  const signedAt = visit.startsAt + (40 + version) * MINUTE;
  const reason = amends === undefined ? null : 'Уточнён срок анализа крови.';
  const session = await d1.prepare('SELECT id FROM session WHERE token_hash = ?1').bind(visit.doctor.tokenHash).first<{ id: string }>();
  await write(db, [
    {
      sql: `INSERT INTO protocol (id, consultation_id, version, amends_id, reason, content, content_hash, verify_code, published_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
      args: [protocolId, visit.id, version, amends?.protocolId ?? null, reason, content, contentHash, code, signedAt],
    },
    {
      sql: 'INSERT INTO signature (protocol_id, person_id, session_id, content_hash, at) VALUES (?1, ?2, ?3, ?4, ?5)',
      args: [protocolId, MAKETOVA.id, session?.id ?? '', contentHash, signedAt],
    },
  ]);
  return { protocolId, code, contentHash, signedAt };
}
