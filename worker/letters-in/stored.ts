// Opens a letter as it is stored in R2: a small one whole, a large one without its files, which are read one at a time. Called by judge.ts and by whoever attaches a
// letter to a claim.
import { FILE_BYTES } from '../../workflows/rules/file.ts';
import { type LetterPart, openLetter, type OpenLetter } from './open.ts';
import { decodedFile, fileAt, type Place, skeletonOf } from './skeleton.ts';

/** A letter up to this size is read whole, bytes. */
const WHOLE_BYTES = 1024 * 1024;
/** The headers of a letter that is too large without its files too, bytes. */
const HEAD_BYTES = 256 * 1024;
/** Base64 with its line ends takes this many bytes for one. */
const ENCODED = 1.4;

export interface Stored extends OpenLetter {
  /** It is too large to be read; only its headers were. */
  readonly isTooLarge: boolean;
}

/** Null when it cannot be read. */
export async function openStored(
  files: R2Bucket,
  { key, bytes }: { readonly key: string; readonly bytes: number },
): Promise<Stored | null> {
  if (bytes <= WHOLE_BYTES) return opened(await openLetter(await bytesAt(files, key, null)));
  const skeleton = await skeletonOf((await bodyAt(files, key, null)).body);
  if (skeleton === null) {
    const head = await openLetter(await bytesAt(files, key, { from: 0, to: HEAD_BYTES }));
    return head && { ...head, parts: [], isTooLarge: true };
  }
  const open = opened(await openLetter(skeleton.raw));
  return open && { ...open, parts: open.parts.map(part => whole(part, skeleton.files, files, key)) };
}

const opened = (open: OpenLetter | null): Stored | null => open && { ...open, isTooLarge: false };

/** A part whose file was cut out gets it back when it is asked for. One that is too large for any use is not read. */
function whole(part: LetterPart, places: readonly Place[], files: R2Bucket, key: string): LetterPart {
  const n = fileAt(part.content ?? new Uint8Array(FILE_BYTES));
  const place = n === null ? undefined : places[n];
  if (place === undefined) return part;
  const size = Math.floor((place.to - place.from) / ENCODED);
  return { ...part, size, content: null, load: async () => (size > FILE_BYTES ? null : decodedFile(await bytesAt(files, key, place))) };
}

async function bodyAt(files: R2Bucket, key: string, place: Place | null): Promise<R2ObjectBody> {
  const stored = await files.get(key, place === null ? {} : { range: { offset: place.from, length: place.to - place.from } });
  if (stored === null) throw new Error('A letter has a row and is not in R2.');
  return stored;
}

const bytesAt = async (files: R2Bucket, key: string, place: Place | null): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await bodyAt(files, key, place)).arrayBuffer());
