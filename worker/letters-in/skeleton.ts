// A large letter without its large files: they are cut out while the letter streams by, so that three photographs of a phone do not have to be in memory at once.
// What is left is parsed like any letter; each file is read by its place in the stored letter when its turn comes. Called by stored.ts.
import { OPENED_BYTES } from '../../workflows/rules/letter-in.ts';
import { boundaryIn, isFile, isMessage } from './heads.ts';
import { joined } from './bytes.ts';

/** Where the encoded file stands in the letter: its first byte and the one after its last. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

export interface Skeleton {
  readonly raw: Uint8Array<ArrayBuffer>;
  /** The files that were cut out. The n-th one's content is the text that `markOf` gives. */
  readonly files: readonly Place[];
}

/** A file of fewer encoded bytes stays in the letter. */
const CUT_BYTES = 64 * 1024;
/** A longer line is taken in pieces. */
const LINE_BYTES = 64 * 1024;
const LF = 10;
const DASH = 45;

const MARK = 'file-cut-out-';
export const markOf = (n: number): string => `${MARK}${n}`;
/** Which of the files was cut out here; null for any other content. */
export function fileAt(content: Uint8Array): number | null {
  if (content.length > 40) return null;
  const found = /^file-cut-out-(\d{1,6})$/.exec(new TextDecoder().decode(content));
  return found === null ? null : Number(found[1]);
}

/** Null when what is left would still be too large to be parsed. */
export async function skeletonOf(letter: ReadableStream<Uint8Array>): Promise<Skeleton | null> {
  const cutter = new Cutter();
  for await (const chunk of letter) cutter.takes(chunk);
  return cutter.ends();
}

class Cutter {
  private readonly pieces: Uint8Array[] = [];
  private kept = 0;
  private readonly files: Place[] = [];
  private readonly boundaries = new Set<string>();
  /** A line of which the end has not come. */
  private rest: Uint8Array = new Uint8Array();
  /** The place of the next line. */
  private at = 0;
  private head: string[] | null = [];
  /** The body of a file: where it began, and its lines while it is small. */
  private file: { readonly from: number; lines: Uint8Array[] | null; bytes: number } | null = null;

  takes(chunk: Uint8Array): void {
    const bytes = this.rest.length === 0 ? chunk : joined([this.rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(LF, from); end !== -1; end = bytes.indexOf(LF, from)) {
      this.takesLine(bytes.subarray(from, end + 1));
      from = end + 1;
    }
    this.rest = bytes.slice(from);
    // A letter without line ends would be copied again with each chunk.
    if (this.rest.length > LINE_BYTES) {
      this.takesLine(this.rest);
      this.rest = new Uint8Array();
    }
  }

  ends(): Skeleton | null {
    if (this.rest.length > 0) this.takesLine(this.rest);
    this.endsFile();
    return this.kept > OPENED_BYTES ? null : { raw: joined(this.pieces), files: this.files };
  }

  private takesLine(line: Uint8Array): void {
    if (this.head !== null) this.takesHead(line, this.head);
    else if (line[0] === DASH && line[1] === DASH && this.isBoundary(line)) this.beginsPart(line);
    else if (this.file === null) this.keeps(line);
    else this.takesFile(line, this.file);
    this.at += line.length;
  }

  private takesHead(line: Uint8Array, head: string[]): void {
    this.keeps(line);
    const text = latin(line);
    head.push(text);
    if (text.trim() !== '' || line.length > 2) return;
    const said = head.join('');
    const boundary = boundaryIn(said);
    if (boundary !== null) this.boundaries.add(boundary);
    this.head = isMessage(said) ? [] : null;
    if (isFile(said)) this.file = { from: this.at + line.length, lines: [], bytes: 0 };
  }

  private isBoundary(line: Uint8Array): boolean {
    if (line.length > 300) return false;
    const text = latin(line).trimEnd();
    return this.boundaries.has(text) || (text.endsWith('--') && this.boundaries.has(text.slice(0, -2)));
  }

  /** After a closing boundary nothing belongs to a part, until the next boundary of an outer one. */
  private beginsPart(line: Uint8Array): void {
    this.endsFile();
    this.keeps(line);
    this.head = this.boundaries.has(latin(line).trimEnd()) ? [] : null;
  }

  private takesFile(line: Uint8Array, file: NonNullable<Cutter['file']>): void {
    file.bytes += line.length;
    file.lines?.push(line.slice());
    if (file.bytes > CUT_BYTES) file.lines = null;
  }

  private endsFile(): void {
    if (this.file === null) return;
    const { from, lines, bytes } = this.file;
    this.file = null;
    if (lines !== null) return lines.forEach(line => this.keeps(line));
    this.files.push({ from, to: from + bytes });
    this.keeps(new TextEncoder().encode(`${btoa(markOf(this.files.length - 1))}\r\n`));
  }

  private keeps(line: Uint8Array): void {
    this.kept += line.length;
    if (this.kept <= OPENED_BYTES) this.pieces.push(line.slice());
    else this.pieces.length = 0;
  }
}

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(256).fill(-1);
for (const [value, sign] of [...SIGNS].entries()) VALUES[sign.charCodeAt(0)] = value;

/** The bytes of a file in base64. Line ends and other signs are passed over; it ends at the first «=». */
export function decodedFile(encoded: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((encoded.length * 3) / 4));
  let [length, bits, held] = [0, 0, 0];
  for (const sign of encoded) {
    if (sign === 61) break;
    const value = VALUES[sign] ?? -1;
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[length++] = (bits >> held) & 0xff;
  }
  return bytes.slice(0, length);
}
