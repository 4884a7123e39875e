// Judges a letter that was taken in, in this order: was it written by a program, whose is it, from whom, what is in it, is it answered. What is decided is
// written in one batch. Called after a letter was taken, by the cron for those that were left, and when somebody attaches a letter to a claim.
import { letterCameBack } from '../data/letters.ts';
import { type Addressee, claimByLetter, claimByNumber, claimByToken, knownFilesRead } from '../data/claim-addressees.ts';
import { clinicSettingsRead } from '../data/clinic-settings.ts';
import { askOne, type Write, write } from '../data/db.ts';
import { claimChanged } from '../data/claim-signals.ts';
import { queuesAnswer } from '../data/letter-answers.ts';
import {
  type Judgement,
  judges,
  keepsLettersFile,
  keepsParts,
  signsByLetter,
  takeUnjudged,
  type WaitingLetter,
} from '../data/letters-in.ts';
import {
  answerTo,
  claimNumberIn,
  type LetterWhy,
  machineOf,
  type MatchedBy,
  messageIdsIn,
  tokenIn,
} from '../../workflows/rules/letter-in.ts';
import { each } from '../each.ts';
import { deliver } from '../outbox.ts';
import type { Ports } from '../money/payments.ts';
import { bounceIn } from './bounce.ts';
import { type ClaimParts, partsFor, strayParts } from './candidates.ts';
import { comparable, type OpenLetter } from './open.ts';
import { openStored, type Stored } from './stored.ts';
import { sendAnswers } from './answer.ts';

export interface LetterPorts extends Ports {
  readonly files: R2Bucket;
}

/** A letter that ends the Worker each time it is opened is not opened again. */
const OPENED_TIMES = 5;
/** Letters that one may name as those it answers. */
const NAMED = 100;

/** Judges the letter with this id, or those that are left, and answers each. */
export async function judgeLetters(ports: LetterPorts, id: string | null): Promise<void> {
  await each(await takeUnjudged(ports.db, id, ports.now), async letter => {
    const consultationId = await judgeLetter(ports, letter);
    await sendAnswers(ports, letter.id);
    // The workflow of the claim hears of it at once, and not only from the cron.
    if (consultationId !== null) await deliver(ports.db, ports.world, consultationId);
  });
}

/** The consultation of the claim that it is about; null when it is about none. */
async function judgeLetter(ports: LetterPorts, letter: WaitingLetter): Promise<string | null> {
  const open = letter.tries > OPENED_TIMES ? null : await openStored(ports.files, letter);
  const ours = await ownAddresses(ports);
  const sender = open?.sender ?? comparable(letter.envelopeFrom);
  const machine = open === null ? null : machineOf(open.headers, { envelopeFrom: letter.envelopeFrom, sender, ours });
  const found = await addresseeOf(ports, letter, open, sender);
  const claim = open?.hasTwoSenders && machine === null ? null : found;
  const parts = claim && machine === null && open ? await partsOf(ports, claim.to, open) : await strayParts(open);
  const why = machine !== null ? null : whyOf(open, claim?.to ?? null, parts);
  const judgement: Judgement = {
    messageId: open?.messageId ?? null,
    sender,
    subject: open?.subject ?? '',
    text: open?.text ?? '',
    machine,
    claim: claim && { id: claim.to.id, by: claim.by, relation: relationOf(claim.to, sender) },
    why,
  };
  const isAnswered = claim !== null && machine === null && sender !== null && open !== null;
  await write(ports.db, [
    judges(letter.id, judgement, ports.now),
    ...claimWrites(ports, letter.id, claim?.to ?? null, sender, parts),
    ...(isAnswered ? [queuesAnswer(claim.to, letter.id, sender, ports.now)] : []),
    ...(machine === 'bounce' && open ? bounceWrites(open, ports.now) : []),
  ]);
  return claim?.to.consultationId ?? null;
}

/** The files and the signature that a letter brings to a claim, and what became of each part. */
export function claimWrites(
  { now }: LetterPorts,
  letterId: string,
  claim: Addressee | null,
  sender: string | null,
  parts: ClaimParts,
): Write[] {
  const keeps = keepsParts(letterId, claim?.id ?? null, parts.found);
  if (claim === null || parts.files.length === 0) return [keeps];
  return [
    ...parts.files.map(file => keepsLettersFile(claim.id, letterId, file, now)),
    keeps,
    signsByLetter(claim, letterId, sender, now),
    claimChanged(claim.id, claim.consultationId, `letter:${letterId}`, now),
  ];
}

/** Puts what a letter has for a claim into R2, before the rows. Without a row the sweep takes it away again. */
export async function partsOf({ db, files }: LetterPorts, claim: Addressee, open: OpenLetter): Promise<ClaimParts> {
  return await partsFor(claim, open.parts, {
    known: await askOne(db, knownFilesRead(claim.id)),
    keep: (key, bytes, type) => files.put(key, bytes, { httpMetadata: { contentType: type } }),
  });
}

async function ownAddresses({ db, world, now }: LetterPorts): Promise<string[]> {
  const { claimsAddress } = await askOne(db, clinicSettingsRead(now));
  const from = /<([^<>]+)>\s*$/.exec(world.settings.MAIL_FROM)?.[1] ?? world.settings.MAIL_FROM;
  return [from, claimsAddress].flatMap(address => comparable(address) ?? []);
}

interface Match {
  readonly to: Addressee;
  readonly by: MatchedBy;
}

/** The number alone opens nothing, because anybody could write it: it counts only from an address of the person. */
async function addresseeOf(
  { db }: LetterPorts,
  letter: WaitingLetter,
  open: OpenLetter | null,
  sender: string | null,
): Promise<Match | null> {
  const token = tokenIn([letter.envelopeTo, ...(open?.to ?? [])]);
  const byToken = token === null ? null : await claimByToken(db, token);
  if (byToken) return { to: byToken, by: 'token' };
  const named =
    open?.headers
      .filter(({ name }) => name === 'in-reply-to' || name === 'references')
      .flatMap(({ value }) => messageIdsIn(value))
      .slice(0, NAMED) ?? [];
  const byLetter = named.length === 0 ? null : await claimByLetter(db, named);
  if (byLetter) return { to: byLetter, by: 'reference' };
  const number = claimNumberIn(open?.subject ?? '');
  const byNumber = number === null ? null : await claimByNumber(db, number);
  return byNumber && relationOf(byNumber, sender) === 'own' ? { to: byNumber, by: 'number' } : null;
}

export const relationOf = (claim: Addressee, sender: string | null): 'own' | 'other' =>
  sender !== null && [claim.personEmail, claim.visitEmail].some(address => address !== null && comparable(address) === sender)
    ? 'own'
    : 'other';

function whyOf(open: Stored | null, claim: Addressee | null, parts: ClaimParts): LetterWhy | null {
  if (open === null) return 'unreadable';
  if (open.hasTwoSenders) return 'twoSenders';
  if (open.isTooLarge) return 'tooLarge';
  if (claim === null) return 'unknown';
  if (parts.found.some(({ verdict }) => verdict === 'encrypted')) return 'encrypted';
  if (/^begin [0-7]{3,4} \S/m.test(open.text)) return 'uuencoded';
  if (parts.found.some(({ verdict }) => verdict === 'full')) return 'claimIsFull';
  if (!claim.isOpen) return 'claimIsOver';
  // The answer says that the photograph is missing, but what was written is for a person.
  return open.text !== '' && answerTo(parts.found.map(({ verdict }) => verdict)) === 'noFile' ? 'words' : null;
}

function bounceWrites(open: OpenLetter, now: number): Write[] {
  const said = bounceIn(open);
  return said === null ? [] : [letterCameBack(said.messageIds, said.state, now)];
}
