// Inspects an uploaded file, compressed parts of a PDF included, and returns what is stored. Called by the upload routes of the
// room and the card, and for what is attached to a letter.
import { Inflate as Inflater } from 'fflate';
import { type Inspected, inspect } from '../../workflows/rules/file-contents.ts';
import type { Inflate } from '../../workflows/rules/pdf-contents.ts';

/** Zlib's header of two bytes is skipped; its checksum is not read. */
const inflate: Inflate = (bytes, limit) => {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflater(part => {
    size += part.length;
    if (size > limit) throw new RangeError('The stream is too long.');
    parts.push(part);
  });
  try {
    // In pieces, so that a bomb is stopped before it is whole in memory.
    for (let from = 2; from < bytes.length; from += PIECE_BYTES)
      stream.push(bytes.subarray(from, from + PIECE_BYTES), from + PIECE_BYTES >= bytes.length);
  } catch {
    return null;
  }
  const whole = new Uint8Array(size);
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return size === 0 ? null : whole;
};

/** Deflate grows at most 1032 times (zlib.net/zlib_tech.html). */
const PIECE_BYTES = 4 * 1024;

export const inspectUpload = async (file: File): Promise<Inspected> => inspectBytes(new Uint8Array(await file.arrayBuffer()));

export const inspectBytes = (bytes: Uint8Array<ArrayBuffer>): Inspected => inspect(bytes, inflate);
