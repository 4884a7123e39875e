// «Адрес для писем»: another address for visits whose letters do not arrive. A typed one is confirmed by a code first.
import { type Context, Hono } from 'hono';
import { AddressPage } from '../../../views/index.ts';
import type { FieldError } from '../../../views/model.ts';
import { LIMITS } from '../../../workflows/rules/limits.ts';
import { confirmTyped } from '../../booking/address.ts';
import { bouncedAddressRead, changeAddress } from '../../data/bounced-addresses.ts';
import { isConfirmedRead } from '../../data/confirmed-addresses.ts';
import { codeIn, formOf } from '../../http/form.ts';
import { drawn, goTo, seeViewer } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { addressIn, asciiOf } from '../../letters/address.ts';
import { sendAgain } from '../../letters/send-again.ts';
import { portsOf } from '../../money/payments.ts';
import type { HonoEnv } from '../../world.ts';

export const addresses = new Hono<HonoEnv>()
  .get('/appointments/address', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ bounced: bouncedAddressRead(asker) }));
    const { bounced } = seen.data;
    return bounced === null
      ? goTo(c, '/appointments')
      : drawn(c, <AddressPage frame={seen.frame} bounced={bounced} email="" code={null} errors={[]} />);
  })

  .post('/appointments/address', requires('signedIn'), async c => {
    const form = await formOf(c);
    const typed = (form.get('email') ?? '').slice(0, 254);
    const address = addressIn(typed);
    const seen = await seeViewer(c, asker => ({
      bounced: bouncedAddressRead(asker),
      isConfirmed: isConfirmedRead(asker, asciiOf(address ?? '')),
    }));
    const { bounced, isConfirmed } = seen.data;
    // A form of before: the address has been changed since, and each talon says which it is.
    if (bounced === null) return goTo(c, '/appointments');
    const again = (error: FieldError) => {
      const code = error.field === 'code' || form.has('code') ? codeIn(form) : null;
      const page = <AddressPage frame={seen.frame} bounced={bounced} email={typed} code={code} errors={[error]} />;
      return drawn(c, page, error.error in LIMITS ? 429 : 422);
    };
    if (address === null) return again({ field: 'email', error: 'email' });
    if (asciiOf(address) === asciiOf(bounced)) return again({ field: 'email', error: 'sameAddress' });
    const unconfirmed = isConfirmed ? null : await confirmTyped(c, seen, address, codeIn(form));
    if (unconfirmed !== null) return again(unconfirmed);
    const { id: personId, sessionId } = seen.viewer;
    await changeAddress(c.var.db, { asker: seen.asker, personId, sessionId, from: bounced, to: address });
    c.executionCtx.waitUntil(sendsSoon(c));
    return goTo(c, '/appointments?address=changed');
  });

async function sendsSoon(c: Context<HonoEnv>): Promise<void> {
  try {
    await sendAgain(portsOf(c));
  } catch (error) {
    // The cron tries again. The reason is logged there too.
    console.warn(JSON.stringify({ letters: 'again', name: error instanceof Error ? error.name : 'Unknown' }));
  }
}
