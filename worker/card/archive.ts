// The archive of a card as one ZIP stream: files are piped from R2, so the archive never has to fit into memory. They are not
// compressed, because PDF, JPEG and PNG are compressed already. Called by worker/routes/patient/card-archive.tsx.
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { Temporal } from 'temporal-polyfill';

export interface Packed {
  readonly path: string;
  readonly at: number;
  /** Null when the file is missing: the list says so, and the archive continues. */
  readonly open: () => Promise<ReadableStream<Uint8Array> | null>;
}

/** The text is made when its turn comes, so a list can describe the files before it. */
export const textFile = (path: string, at: number, text: () => string): Packed => ({
  path,
  at,
  open: () => Promise.resolve(new Blob([strToU8(text())]).stream() as ReadableStream<Uint8Array>),
});

/**
 * `zone`: IANA, of the times in the archive, which have no zone of their own. Reads each file only when the stream is read. An error of R2 breaks the stream, so that a partial archive is not taken for a complete
 * one.
 */
export function zipped(files: readonly Packed[], zone: string): ReadableStream<Uint8Array> {
  const chunks = chunksOf(files, zone);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function* chunksOf(files: readonly Packed[], zone: string): AsyncGenerator<Uint8Array, undefined> {
  let made: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failed ??= error;
    if (chunk.length > 0) made.push(chunk);
  });
  const taken = function* () {
    if (failed !== null) throw failed;
    const out = made;
    made = [];
    yield* out;
  };
  for (const { path, at, open } of files) {
    const stream = await open();
    if (stream === null) continue;
    // Deflate in blocks that are only stored: a stored entry of unknown length cannot be read from a stream, by Java for example.
    const entry = new ZipDeflate(path, { level: 0 });
    entry.mtime = wallClock(at, zone);
    zip.add(entry);
    for await (const chunk of stream) {
      entry.push(chunk);
      yield* taken();
    }
    entry.push(new Uint8Array(0), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}

/** A Date that shows the wall clock of the zone to fflate, which writes what the Date shows locally. */
function wallClock(at: number, zone: string): Date {
  const { year, month, day, hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return new Date(year, month - 1, day, hour, minute, second);
}
