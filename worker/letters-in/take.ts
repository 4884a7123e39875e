// Takes in a letter from any door: the whole of it goes to R2 as it comes, then its row, before anything is decided. A letter that comes twice is one row.
// Called by the three doors: email.ts, worker/letters-in/received.ts and worker/routes/machines/mail-in.ts.
import { type Door, LETTER_BYTES } from '../../workflows/rules/letter-in.ts';
import type { Database } from '../data/db.ts';
import { letterInKey } from '../data/file-keys.ts';
import { newId } from '../data/ids.ts';
import { keepLetter } from '../data/letters-in.ts';
import { lineOf } from '../../workflows/rules/text.ts';

export interface Envelope {
  readonly door: Door;
  /** The return path; empty when there is none, as in a bounce. */
  readonly from: string;
  readonly to: string;
  /** The id of the letter at the provider that took it in. */
  readonly outsideId?: string;
}

export type Taken =
  | { readonly kind: 'taken'; readonly id: string; readonly sha256: string }
  | { readonly kind: 'again' }
  | { readonly kind: 'tooLarge' | 'empty' | 'cut' | 'otherBytes' };

interface Shelf {
  readonly db: Database;
  readonly files: R2Bucket;
  readonly now: number;
}

/**
 * `size` is what the door says of the letter, bytes. With `expected` (SHA-256, hex) other bytes are not taken. Throws when D1 or R2 fails: then the sender
 * has to try again.
 */
export async function takeLetter(
  { db, files, now }: Shelf,
  envelope: Envelope,
  raw: ReadableStream<Uint8Array>,
  size: number,
  expected?: string,
): Promise<Taken> {
  if (size > LETTER_BYTES || size <= 0) {
    await raw.cancel();
    return { kind: size > LETTER_BYTES ? 'tooLarge' : 'empty' };
  }
  const id = newId();
  const key = letterInKey(new Date(now).getUTCFullYear(), id);
  const sha256 = await stored(files, key, raw, size);
  if (sha256 === null) return { kind: 'cut' };
  if (expected !== undefined && expected !== sha256) {
    await files.delete(key);
    return { kind: 'otherBytes' };
  }
  const { door, from, to, outsideId = null } = envelope;
  const said = { envelopeFrom: lineOf(from).slice(0, 320), envelopeTo: lineOf(to).slice(0, 1000) };
  if (await keepLetter(db, { id, sha256, door, outsideId, ...said, bytes: size, key }, now)) return { kind: 'taken', id, sha256 };
  await files.delete(key);
  return { kind: 'again' };
}

/** Streams the letter to R2, so that it is never whole in memory, and returns its SHA-256 (hex); null when it has another length than was said. */
async function stored(files: R2Bucket, key: string, raw: ReadableStream<Uint8Array>, size: number): Promise<string | null> {
  const digest = new Digest('SHA-256');
  const hashing = digest.getWriter();
  let seen = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      seen += chunk.length;
      if (seen > size) throw new WrongLength();
      await hashing.write(chunk);
      controller.enqueue(chunk);
    },
    async flush() {
      if (seen !== size) throw new WrongLength();
      await hashing.close();
    },
  });
  const fixed = new FixedLengthStream(size);
  // A store that fails reads nothing more, and the pipe would wait for it for ever.
  const failing = new AbortController();
  const kept = files.put(key, fixed.readable).catch((error: unknown) => {
    failing.abort();
    throw error;
  });
  const piped = raw.pipeThrough(counted).pipeTo(fixed.writable, { signal: failing.signal });
  const [piping, keeping] = await Promise.allSettled([piped, kept]);
  if (piping.status === 'rejected' && piping.reason instanceof WrongLength) return null;
  // When R2 fails, the pipe fails with it; what R2 says is the reason.
  for (const end of [keeping, piping]) if (end.status === 'rejected') throw end.reason;
  return hex(await digest.digest);
}

// workerd's own digest of a stream; the types of the DOM know only the Crypto of browsers.
const { DigestStream: Digest } = crypto as unknown as { readonly DigestStream: typeof DigestStream };

/** The letter is shorter or longer than its door has said: its sender is gone, or lies. */
class WrongLength extends Error {
  override readonly name = 'WrongLength';
}

export const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0')).join('');
