// Makes a six-digit sign-in code, stores its hash and sends it by e-mail. Called by worker/routes/public/sign-in.tsx.
import type { Database } from '../data/db.ts';
import { signInCode } from '../../views/index.ts';
import { newId } from '../data/ids.ts';
import { CODE_LIFE_MS, issueCode } from '../data/sign-in-codes.ts';
import type { World } from '../world.ts';
import { sha256 } from './seal.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';

export interface CodeFor {
  readonly email: string;
  readonly lang: Lang;
}

export async function sendCode(db: Database, world: World, clinic: ClinicSettings, to: CodeFor, now: number): Promise<void> {
  const code = sixDigits();
  await issueCode(db, to.email, await sha256(`${to.email}:${code}`), now);
  const letter = signInCode({ clinic, publicUrl: world.settings.PUBLIC_URL, code, minutes: CODE_LIFE_MS / 60_000 }, to.lang);
  await world.mail.send({ key: `code:${newId()}`, to: to.email, ...letter, calendar: null });
}

// Values above the last full million would make low codes more likely, so they are drawn again.
function sixDigits(): string {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value >= 4_294_000_000 ? sixDigits() : String(value % 1_000_000).padStart(6, '0');
}
