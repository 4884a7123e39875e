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
  /** Of these hashes, the ones of files that the claim has. */
  readonly known: (hashes: readonly string[]) => Promise<readonly string[]>;
  readonly keep: (key: string, bytes: Uint8Array<ArrayBuffer>, type: FileType) => Promise<unknown>;
}

/** Files that one claim may have, claim_limits.claim_files. */
const CLAIM_FILES = 40;
/** A letter has a handful of parts; more of them are not looked at. */
const PARTS = 100;

const founds = (part: LetterPart, n: number, verdict: PartVerdict, sha256: string | null): FoundPart => ({
  n,
  name: part.name,
  type: part.type,
  bytes: part.bytes.length,
  verdict,
  sha256,
});

/** What is in a letter that is of no claim yet, or of a program. */
export const strayParts = (open: OpenLetter | null): ClaimParts => ({
  files: [],
  found: (open?.parts ?? []).slice(0, PARTS).map((part, n) => founds(part, n, judgePart(part).verdict, null)),
});

/** The files of a letter for its claim, in their order: what it has already is not kept twice. */
export async function partsFor(claim: Addressee, parts: readonly LetterPart[], shelf: Shelf): Promise<ClaimParts> {
  const judged = parts.slice(0, PARTS).map(part => ({ part, judged: judgePart(part) }));
  const hashes = await Promise.all(judged.map(async one => (one.judged.verdict === 'candidate' ? await hashOf(one.judged.bytes) : null)));
  const known = new Set(await shelf.known(hashes.filter(hash => hash !== null)));
  const files: LettersFile[] = [];
  const found: FoundPart[] = [];
  for (const [n, one] of judged.entries()) {
    const hash = hashes[n] ?? null;
    const verdict =
      hash === null ? one.judged.verdict : known.has(hash) ? 'again' : claim.files + files.length >= CLAIM_FILES ? 'full' : 'kept';
    if (verdict === 'kept' && hash !== null && one.judged.verdict === 'candidate') {
      files.push(await kept(claim.id, one.judged, hash, shelf));
      known.add(hash);
    }
    found.push(founds(one.part, n, verdict, hash));
  }
  return { files, found };
}

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
