// The door of Resend: a webhook names a letter that it has received, and what no webhook told is found in its list. Called by worker/routes/machines/notices.ts
// and the cron.
import { beginsLook, takenOf } from '../data/letters-in.ts';
import { each } from '../each.ts';
import { judgeLetters, type LetterPorts } from './judge.ts';
import { takeLetter } from './take.ts';

/** Takes in and judges the letter with this id at the provider. False when the provider knows none. Throws when it cannot be asked. */
export async function takeReceived(ports: LetterPorts, id: string): Promise<boolean> {
  const [taken] = await takenOf(ports.db, [id]);
  if (taken !== undefined) return true;
  const mail = await ports.world.receiving.get(id);
  if (mail === null) return false;
  const kept = await takeLetter(ports, { door: 'resend', from: mail.from, to: mail.to, outsideId: id }, mail.raw, mail.size);
  if (kept.kind === 'cut') throw new Error('A letter came cut from the mail provider.');
  if (kept.kind === 'taken') await judgeLetters(ports, kept.id).catch(() => undefined);
  return true;
}

const LOOK_EVERY_MS = 6 * 3_600_000;
const PAGES = 5;
/** Letters of one run. */
const TAKEN = 20;

/** Every six hours: letters that the provider has and of which no notice came. It goes back in the list until a page has none. */
export async function closeGap(ports: LetterPorts): Promise<void> {
  if (!(await beginsLook(ports.db, LOOK_EVERY_MS, ports.now))) return;
  const missing: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const { ids, more } = await ports.world.receiving.list(after);
    const taken = new Set(await takenOf(ports.db, ids));
    const fresh = ids.filter(id => !taken.has(id));
    missing.push(...fresh);
    after = ids.at(-1) ?? null;
    if (!more || fresh.length === 0 || after === null) break;
  }
  await each(missing.slice(-TAKEN), id => takeReceived(ports, id));
}
