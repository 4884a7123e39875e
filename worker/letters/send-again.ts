// Sends the letters again that an address did not take, after the patient has given another one. Called after the change and by the cron.
import { lettersAgain } from '../data/bounced-addresses.ts';
import { each } from '../each.ts';
import type { Ports } from '../money/payments.ts';
import { sendLetter } from './send.ts';

/** One that nobody needs any more ends as such. One that the mail provider does not take now waits for the next run. */
export async function sendAgain(ports: Ports): Promise<void> {
  await each(await lettersAgain(ports.db, ports.now), name => sendLetter(ports, name));
}
