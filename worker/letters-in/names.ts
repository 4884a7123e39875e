// Asks the mail provider under which Message-ID a letter about a claim went out: what answers it names it by that. Called by the cron; a webhook may tell it too.
import { nameLetter, unnamedLetters } from '../data/letters.ts';
import { each } from '../each.ts';
import type { Ports } from '../money/payments.ts';

export async function nameLetters({ db, world, now }: Ports): Promise<void> {
  await each(await unnamedLetters(db, now), async ({ id, providerId }) => {
    const messageId = await world.mail.messageIdOf(providerId);
    if (messageId !== null) await nameLetter(db, id, messageId);
  });
}
