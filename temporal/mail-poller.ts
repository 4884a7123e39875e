// DOOR: reads a mailbox by IMAP and brings its letters to the edge, for clinics whose mail comes neither through Cloudflare nor through Resend. It holds no state.
// `node temporal/mail-poller.ts` reads the settings named in mailbox-settings.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { lookInto } from './mailbox.ts';
import { parseMailboxSettings } from './mailbox-settings.ts';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());

const settings = parseMailboxSettings(process.env);
console.log(`The poller reads ${settings.folders.read} of ${settings.imap.user} at ${settings.imap.host}.`);
while (!ending.signal.aborted) {
  try {
    const { taken, refused, left } = await lookInto(settings);
    if (taken + refused + left > 0) console.log(`Taken ${taken}, refused ${refused}, left ${left}.`);
  } catch (error) {
    // Neither addresses nor letters: only what kind of error it was.
    console.error(`The mailbox cannot be read: ${error instanceof Error ? error.name : 'unknown'}.`);
  }
  await sleep(settings.everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
}
