// The last step of a restore: what the stand held is put aside, and the new store takes its place. These are several renames, so what they are to
// do is written down first: when they were cut short, the next start or restore ends them. Called by put-back.ts and up.ts.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isOurs } from '../run-state.ts';
import { forget } from './copies.ts';
import { storeIn } from './places.ts';

const Plan = z.object({
  /** The process that exchanges. */
  by: z.number(),
  /** Names in the stand's folder: of the new store, of what is put aside, and of the folder for that. */
  made: z.string(),
  held: z.array(z.string()),
  aside: z.string().nullable(),
});
type Plan = z.output<typeof Plan>;

const planIn = (dir: string): string => join(dir, 'restoring.json');
const MAKING = /^\.restoring-(\d+)$/;
export const makingIn = (dir: string): string => join(dir, `.restoring-${process.pid}`);

/** Keeps the new store when the exchange could be neither done nor undone: the next start finishes it. */
export function forgetMaking(dir: string): void {
  if (!existsSync(planIn(dir))) forget(makingIn(dir));
}

/** Returns where the old state is, null when there was none. Throws an Error when it cannot be done; then everything is as it was. */
export function exchange(dir: string, made: string, held: readonly string[]): string | null {
  const aside = held.length === 0 ? null : `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  const plan: Plan = { by: process.pid, made, held: [...held], aside };
  writeFileSync(planIn(dir), JSON.stringify(plan), { flush: true });
  try {
    carryOut(dir, plan);
  } catch (error) {
    if (aside !== null)
      for (const name of held) if (existsSync(join(dir, aside, name))) renameSync(join(dir, aside, name), join(dir, name));
    rmSync(planIn(dir));
    throw error;
  }
  return aside === null ? null : join(dir, aside);
}

/** Also goes on from the middle. The new store is moved last, so nothing is left to do when it is gone from its first place. */
function carryOut(dir: string, { made, held, aside }: Plan): void {
  if (existsSync(join(dir, made))) {
    if (aside !== null) mkdirSync(join(dir, aside), { recursive: true, mode: 0o700 });
    for (const name of held) if (existsSync(join(dir, name))) renameSync(join(dir, name), join(dir, aside ?? '', name));
    renameSync(join(dir, made), storeIn(dir));
  }
  rmSync(planIn(dir));
}

/**
 * Ends a restore that was cut short: it is finished when the new store was whole, and otherwise forgotten, because nothing had been moved then.
 * Throws an Error with a sentence while it is still at work.
 */
export function endRestore(dir: string, say: (line: string) => void): void {
  if (!existsSync(dir)) return;
  const making = readdirSync(dir).filter(name => MAKING.test(name));
  const plan = planOf(dir);
  for (const pid of [...making.map(name => Number(MAKING.exec(name)?.[1])), ...(plan === null ? [] : [plan.by])])
    if (pid !== process.pid && isOurs(pid, /restore/))
      throw new Error(`A restore is at work in ${dir} as process ${pid}: wait for its end.`);
  if (plan === null) {
    rmSync(planIn(dir), { force: true });
  } else {
    carryOut(dir, plan);
    const before = plan.aside === null ? '' : ` What was here before it is in ${join(dir, plan.aside)}.`;
    say(`A restore had been cut short and is finished now: the stand has what was in the backup.${before}`);
  }
  for (const name of making) forget(join(dir, name));
}

/** Null when there is none, or when it was not written to its end: nothing was moved then. */
function planOf(dir: string): Plan | null {
  try {
    return Plan.parse(JSON.parse(readFileSync(planIn(dir), 'utf8')));
  } catch {
    return null;
  }
}
