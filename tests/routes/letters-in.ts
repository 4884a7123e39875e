// Takes letters in as a door does, and reads what became of them. Used by the tests of letters that come in.
import { type Envelope, takeLetter, type Taken } from '../../worker/letters-in/take.ts';
import { judgeLetters, type LetterPorts } from '../../worker/letters-in/judge.ts';
import { WITH_TOKEN } from '../data/claimed.ts';
import { bindings, d1, db } from '../data/d1.ts';
import { bytesOf } from './mime.ts';
import type { Product } from './product.ts';

export const letterPorts = (product: Product): LetterPorts => ({ ...product.ports, files: bindings.FILES });

export interface Became {
  readonly id: string;
  readonly machine: string | null;
  readonly claim_id: string | null;
  readonly matched_by: string | null;
  readonly relation: string | null;
  readonly why: string | null;
  readonly subject: string;
  readonly text: string;
  readonly sender: string | null;
  readonly message_id: string | null;
  readonly key: string;
  /** What became of each part, in order, as «name verdict». */
  readonly parts: readonly string[];
}

export const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> => new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();

export function takes(product: Product, latin: string, envelope: Partial<Envelope> = {}): Promise<Taken> {
  const bytes = bytesOf(latin);
  const given: Envelope = { door: 'email', from: 'patient1@example.ru', to: WITH_TOKEN, ...envelope };
  return takeLetter({ db, files: bindings.FILES, now: product.now }, given, streamOf(bytes), bytes.length);
}

/** Takes a letter in, judges it, and says what became of it. */
export async function comes(product: Product, latin: string, envelope: Partial<Envelope> = {}): Promise<Became> {
  const taken = await takes(product, latin, envelope);
  if (taken.kind !== 'taken') throw new Error(`The letter was ${taken.kind}.`);
  await judgeLetters(letterPorts(product), taken.id);
  return await became(taken.id);
}

export async function became(id: string): Promise<Became> {
  const row = await d1.prepare('SELECT * FROM letter_in WHERE id = ?1').bind(id).first<Omit<Became, 'parts'>>();
  const { results } = await d1
    .prepare("SELECT name || ' ' || verdict AS said FROM letter_in_part WHERE letter_id = ?1 ORDER BY n")
    .bind(id)
    .all<{ said: string }>();
  if (!row) throw new Error('no letter');
  return { ...row, parts: results.map(({ said }) => said) };
}

export async function claimFiles(): Promise<{ name: string; type: string; letter_id: string; key: string }[]> {
  const { results } = await d1
    .prepare('SELECT name, type, letter_id, key FROM claim_file ORDER BY id')
    .all<{ name: string; type: string; letter_id: string; key: string }>();
  return results;
}
