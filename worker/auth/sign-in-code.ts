// Six-digit codes by e-mail: to sign in, to confirm an address, and to sign an application for money back. A code belongs to the browser that asked for it: the id of its row is in a sealed
// cookie. Called by worker/routes/public/sign-in.tsx and worker/booking/address.ts.
import { addressCode, claimCode, signInCode, signInGuessed } from '../../views/index.ts';
import type { Clinic } from '../../workflows/rules/clinic.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import { LIMITS } from '../../workflows/rules/limits.ts';
import type { Database } from '../data/db.ts';
import { ownerOf } from '../data/people.ts';
import { CODE_LIFE_MS, codeFailed, codeSent, issueCode, type Try, tryCode } from '../data/sign-in-codes.ts';
import { countTry, takeBackTry } from '../data/throttle.ts';
import { type Mail, MailRefused, MailUnavailable } from '../providers/mail/port.ts';
import { asciiOf } from '../letters/address.ts';
import type { World } from '../world.ts';
import { sha256 } from './seal.ts';

/** What a code is good for; it is part of the hash, so a code for one is none for the other. */
export type CodePurpose = 'signIn' | 'address' | 'claim';

export interface CodeFor {
  readonly id: string;
  readonly purpose: CodePurpose;
  readonly email: string;
  readonly lang: Lang;
  /** The code that the same browser got before. */
  readonly replaces: string | null;
}

/**
 * Sends a new code. While the mail provider is busy the same letter is tried again, for as long as a Worker may work after its answer. What
 * became of it is recorded with the code, for the page.
 */
export async function sendCode(db: Database, world: World, clinic: Clinic, to: CodeFor, now: number): Promise<void> {
  const code = sixDigits();
  const { id, email, replaces } = to;
  await issueCode(db, { id, email, codeHash: await hashOf(to, code) }, now);
  const compose = { signIn: signInCode, address: addressCode, claim: claimCode }[to.purpose];
  const letter = compose({ clinic, publicUrl: world.settings.PUBLIC_URL, code, minutes: CODE_LIFE_MS / 60_000 }, to.lang);
  const isSent = await sentInTime(world, { key: `code:${id}`, to: email, ...letter, calendar: null });
  if (isSent) await codeSent(db, id, replaces, now);
  else await codeFailed(db, id, now);
}

// After an answer a Worker may go on for 30 s (developers.cloudflare.com/workers/runtime-apis/context/#waituntil); a try may last 4 s.
const PATIENCE_MS = 24_000;
const TRIES = 12;

async function sentInTime(world: World, mail: Mail): Promise<boolean> {
  const until = Date.now() + PATIENCE_MS;
  for (let tries = 1; ; tries++) {
    try {
      await world.mail.send(mail);
      return true;
    } catch (error) {
      if (error instanceof MailRefused) return false;
      if (!(error instanceof MailUnavailable)) throw error;
      // Letters that were refused together are not tried again together: the provider takes five in a second.
      const pauseMs = error.pauseMs * (1 + Math.random());
      if (tries === TRIES || Date.now() + pauseMs > until) return false;
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  }
}

type Tried = Try | { readonly kind: 'tooMany'; readonly isFirst: boolean };

/**
 * One try of the code `sent` to an address. Tries of browsers that never signed in with this address are counted together for a day, and a right one
 * is taken back; `isFirst` is true once a day. A known browser has only the five tries of each code, so strangers cannot lock its owner out.
 */
export async function useCode(
  db: Database,
  sent: Pick<CodeFor, 'id' | 'purpose' | 'email' | 'replaces'>,
  code: string,
  isKnownBrowser: boolean,
  now: number,
): Promise<Tried> {
  const who = await sha256(asciiOf(sent.email));
  if (!isKnownBrowser) {
    const count = await countTry(db, 'wrongCodesOfAddress', who, now);
    const over = count - LIMITS.wrongCodesOfAddress.count;
    if (over > 0) return { kind: 'tooMany', isFirst: over === 1 };
  }
  const latest = await tryCode(db, sent.id, await hashOf(sent, code), now);
  // The code before is good until the letter with this one was sent.
  const before = sent.replaces;
  const earlier =
    before === null || latest.kind === 'right' ? latest : await tryCode(db, before, await hashOf({ ...sent, id: before }, code), now);
  const tried = latest.kind === 'over' || earlier.kind === 'right' ? earlier : latest;
  if (tried.kind === 'right' && !isKnownBrowser) await takeBackTry(db, 'wrongCodesOfAddress', who, now);
  return tried;
}

/** Tells the owner of an address that somebody guesses codes; nobody is told about an address without an owner. */
export async function warnOwner(db: Database, world: World, clinic: Clinic, to: { email: string; lang: Lang }, now: number): Promise<void> {
  if ((await ownerOf(db, asciiOf(to.email))).kind === 'nobody') return;
  const letter = signInGuessed({ clinic, publicUrl: world.settings.PUBLIC_URL, tries: LIMITS.wrongCodesOfAddress.count }, to.lang);
  await world.mail.send({
    key: `guessed:${await sha256(to.email)}:${Math.floor(now / 86_400_000)}`,
    to: to.email,
    ...letter,
    calendar: null,
  });
}

const hashOf = ({ id, purpose, email }: Pick<CodeFor, 'id' | 'purpose' | 'email'>, code: string): Promise<string> =>
  sha256(`${id}:${purpose}:${email}:${code}`);

// Values above the last full million would make low codes more likely, so they are drawn again.
function sixDigits(): string {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value >= 4_294_000_000 ? sixDigits() : String(value % 1_000_000).padStart(6, '0');
}
