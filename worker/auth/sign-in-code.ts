// Makes a six-digit sign-in code, stores its hash and sends it by e-mail. Called by worker/routes/public/sign-in.tsx.
import type { Database } from '../data/db.ts';
import { signInCode } from '../../views/index.ts';
import { CODE_LIFE_MS, codeFailed, codeSent, issueCode } from '../data/sign-in-codes.ts';
import { type Mail, MailRefused, MailUnavailable } from '../providers/mail/port.ts';
import type { World } from '../world.ts';
import { sha256 } from './seal.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';

export interface CodeFor {
  readonly email: string;
  readonly lang: Lang;
}

/**
 * Sends a new code. While the mail provider is busy the same letter is tried again, for as long as a Worker may work after its answer. What
 * became of it is recorded with the code, for the page.
 */
export async function sendCode(db: Database, world: World, clinic: ClinicSettings, to: CodeFor, now: number): Promise<void> {
  const code = sixDigits();
  const id = await issueCode(db, to.email, await sha256(`${to.email}:${code}`), now);
  const letter = signInCode({ clinic, publicUrl: world.settings.PUBLIC_URL, code, minutes: CODE_LIFE_MS / 60_000 }, to.lang);
  const isSent = await sentInTime(world, { key: `code:${id}`, to: to.email, ...letter, calendar: null });
  if (isSent) await codeSent(db, id, to.email, now);
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

// Values above the last full million would make low codes more likely, so they are drawn again.
function sixDigits(): string {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value >= 4_294_000_000 ? sixDigits() : String(value % 1_000_000).padStart(6, '0');
}
