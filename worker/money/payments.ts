// Payments: applies the provider's answer about one, asks about open ones; checkout.ts begins one. Routes, notices, activities and the cron all call these
// functions, so each leaves the same rows.
import type { Context } from 'hono';
import { ask, write, type Database } from '../data/db.ts';
import { auditedOnce } from '../data/audit.ts';
import { notesSeen } from '../data/differences.ts';
import { type Attempt, attemptsDue, grant, openAttempts, recordMoney, recordRefusal, takesTurn, takeUngranted } from '../data/payments.ts';
import { HAS_FAILED } from '../data/conclusions.ts';
import { asksBackWhole, unsettled } from '../data/refunds.ts';
import { consultationRead } from '../data/consultations.ts';
import type { HonoEnv, World } from '../world.ts';
import { each } from '../each.ts';
import type { ProviderPayment } from '../providers/payment/port.ts';

export interface Ports {
  readonly db: Database;
  readonly world: World;
  readonly now: number;
}

export const portsOf = (c: Context<HonoEnv>): Ports => ({ db: c.var.db, world: c.var.world, now: c.var.now });

/** Applies the provider's own answer about a payment: records the money or the refusal, then grants what the money pays for. */
export async function takeWord(ports: Ports, attempt: Attempt, said: ProviderPayment): Promise<void> {
  const ours = said.paymentId === attempt.id && said.consultationId === attempt.consultationId;
  if (!ours || said.amountMinor !== attempt.amountMinor || said.currency !== 'RUB') {
    // Another payment or another sum is never taken as ours. It waits for finance, one row however often it is told.
    const detail = [said.providerId, said.amountMinor, said.currency, said.paymentId, said.consultationId].join(' ');
    const kind = ours ? 'otherSum' : 'otherOwner';
    const theirs = [said.providerId, said.amountMinor, said.currency, said.state].join(' ');
    await write(ports.db, [
      auditedOnce({ now: ports.now, personId: null, sessionId: null, act: 'payment.mismatch', kind: 'payment', id: attempt.id, detail }),
      notesSeen(
        [{ kind, object: attempt.id, consultationId: attempt.consultationId, ours: `${attempt.amountMinor} open`, theirs }],
        ports.now,
      ),
    ]);
    return;
  }
  if (said.state === 'canceled') await recordRefusal(ports.db, attempt, said.cancelReason ?? 'general_decline', ports.now);
  if (said.state === 'succeeded') {
    await recordMoney(ports.db, { attempt, method: said.method }, ports.now);
    await settleMoney(ports, attempt.consultationId);
  }
}

/** Asks the provider about every open payment, and grants recorded money that was not granted yet. */
export async function askAboutPayments(ports: Ports, consultationId: string): Promise<void> {
  const attempts = await openAttempts(ports.db, consultationId);
  await each([...attempts, null], async attempt => {
    // Last, also when a payment could not be asked about.
    if (attempt === null) return await settleMoney(ports, consultationId);
    await askAbout(ports, attempt);
  });
}

async function askAbout(ports: Ports, attempt: Attempt): Promise<void> {
  const said = attempt.providerId ? await ports.world.paymentOf(attempt.provider).get(attempt.providerId) : null;
  if (said) await takeWord(ports, attempt, said);
}

/** How often the provider is asked about one payment while its hold lasts: by the cron, and by a page that waits for the answer, ms. */
const HOLD_PACE_MS = 30_000;
const PAGE_PACE_MS = 10_000;

/** How often the cron asks about an open payment whose hold has ended: the money may come all the same, and its workflow may be gone. */
const LATE_PACE_MS = 10 * 60_000;

/**
 * Asks about open payments, those of holds that still last before others, so that a lost notice loses nobody's place or money. The cron calls this.
 * It stops at the first answer that does not come; the next run begins with those that were not asked about.
 */
export async function askAboutOpen(ports: Ports): Promise<void> {
  for (const attempt of await attemptsDue(ports.db, ports.now - HOLD_PACE_MS, ports.now - LATE_PACE_MS)) {
    if (await takesTurn(ports.db, attempt.id, ports.now - HOLD_PACE_MS, ports.now)) await askAbout(ports, attempt);
  }
}

/** The same for the one payment whose page is open. */
export async function askForPage(ports: Ports, consultationId: string): Promise<void> {
  await each(await openAttempts(ports.db, consultationId), async attempt => {
    if (await takesTurn(ports.db, attempt.id, ports.now - PAGE_PACE_MS, ports.now)) await askAbout(ports, attempt);
  });
}

/** Decides about money that a crash has left undecided, without Temporal's help. The cron calls this. */
export async function settleUngranted(ports: Ports): Promise<void> {
  await each(await takeUngranted(ports.db, ports.now), consultationId => settleMoney(ports, consultationId));
  await each(await unsettled(ports.db), consultationId => write(ports.db, asksBackWhole(consultationId, 'failed', ports.now, HAS_FAILED)));
}

async function settleMoney(ports: Ports, consultationId: string): Promise<void> {
  const { consultation } = await ask(ports.db, { consultation: consultationRead(consultationId) });
  if (consultation) await grant(ports.db, consultationId, consultation.facts, ports.now);
}
