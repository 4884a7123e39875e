// Which parts of a letter become files of a claim, and what is written down of each part. Called by judge.ts and by whoever attaches a letter to a claim.
import type { Addressee } from '../data/claim-addressees.ts';
import { claimFileKey } from '../data/file-keys.ts';
import { newId } from '../data/ids.ts';
import type { FoundPart, LettersFile } from '../data/letters-in.ts';
import type { FileType } from '../../workflows/rules/file.ts';
import type { PartVerdict } from '../../workflows/rules/letter-in.ts';
import type { LetterPart, OpenLetter } from './open.ts';
import { type Judged, judgePart } from './parts.ts';
import { hex } from './take.ts';

export interface ClaimParts {
  readonly files: readonly LettersFile[];
  readonly found: readonly FoundPart[];
}

interface Shelf {
  /** The hashes of the files that the claim has. */
  readonly known: readonly string[];
  readonly keep: (key: string, bytes: Uint8Array<ArrayBuffer>, type: FileType) => Promise<unknown>;
}

/** Files that one claim may have, claim_limits.claim_files. */
const CLAIM_FILES = 40;
/** A letter has a handful of parts; more of them are not looked at. */
const PARTS = 100;

/** What is in a letter that is of no claim yet, or of a program. */
export async function strayParts(open: OpenLetter | null): Promise<ClaimParts> {
  const found: FoundPart[] = [];
  for (const [n, part] of (open?.parts ?? []).slice(0, PARTS).entries()) {
    const bytes = await part.load();
    found.push({ n, ...saidOf(part, bytes), verdict: judgePart(part, bytes).verdict, sha256: null });
  }
  return { files: [], found };
}

/** The files of a letter for its claim, in their order and one at a time: what it has already is not kept twice. */
export async function partsFor(claim: Addressee, parts: readonly LetterPart[], shelf: Shelf): Promise<ClaimParts> {
  const known = new Set(shelf.known);
  const files: LettersFile[] = [];
  const found: FoundPart[] = [];
  for (const [n, part] of parts.slice(0, PARTS).entries()) {
    const bytes = await part.load();
    const judged = judgePart(part, bytes);
    const sha256 = judged.verdict === 'candidate' ? await hashOf(judged.bytes) : null;
    const verdict = sha256 === null ? judged.verdict : verdictOf(sha256, known, claim.files + files.length);
    if (verdict === 'kept' && sha256 !== null && judged.verdict === 'candidate') {
      files.push(await kept(claim.id, judged, sha256, shelf));
      known.add(sha256);
    }
    found.push({ n, ...saidOf(part, bytes), verdict, sha256 });
  }
  return { files, found };
}

const saidOf = ({ name, type, size }: LetterPart, bytes: Uint8Array | null) => ({ name, type, bytes: bytes?.length ?? size });

const verdictOf = (sha256: string, known: ReadonlySet<string>, files: number): PartVerdict =>
  known.has(sha256) ? 'again' : files >= CLAIM_FILES ? 'full' : 'kept';

async function kept(
  claimId: string,
  judged: Extract<Judged, { verdict: 'candidate' }>,
  sha256: string,
  shelf: Shelf,
): Promise<LettersFile> {
  const id = newId();
  const key = claimFileKey(claimId, id);
  await shelf.keep(key, judged.bytes, judged.type);
  return { id, name: judged.name, type: judged.type, bytes: judged.bytes.length, sha256, key };
}

const hashOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => hex(await crypto.subtle.digest('SHA-256', bytes));
