// The story of one consultation, from the reservation to the end of the visit and to the last kopeck owed. The gateway starts it, index.ts
// exports it. Facts are in D1; here is only the waiting.
import { CancellationScope } from '@temporalio/workflow';
import type { MoneyState, Status } from './rules/status.ts';
import { isStale, type Reminder, remindersOf } from './rules/reminder.ts';
import { ASK_AGAIN_MS, PAYMENT_LIFE_MS } from './clocks.ts';
import { edge } from './edge.ts';
import type { ConsultationInput } from './messages.ts';
import { askAgainAt, beginStory, learn, look, news, owes, type Story, write } from './story.ts';

export interface Ending {
  readonly status: Status;
  readonly money: MoneyState;
}

export async function consultation(input: ConsultationInput): Promise<Ending> {
  // Cancelling the workflow from the console would leave money behind; the consultation itself is cancelled in the admin pages.
  return CancellationScope.nonCancellable(async () => {
    const story = beginStory(input);

    write(story, 'booked');
    if (await notPaidInTime(story)) {
      write(story, 'lapsed');
      await paidTooLate(story);
    }
    if (isFirm(story)) {
      write(story, 'paid');
      await remindUntilEnd(story);
    }
    if (story.facts.status === 'cancelled') {
      learn(story, await edge.settleRefunds(story.id));
      write(story, 'cancelled');
    }
    await stillOwed(story);

    return { status: story.facts.status, money: story.facts.money };
  });
}

/** True when the hold ended without money; false when it was paid or cancelled. The deadline is what the facts say, so it may move. */
async function notPaidInTime(story: Story): Promise<boolean> {
  for (let asked = 0; ; ) {
    const heard = await news(story, story.facts.expiresAt + asked * ASK_AGAIN_MS, 'not paid in time');
    if (heard) await look(story);
    // A hold past its grace reads as lapsed, but only settling it asks the provider and frees the interval.
    if (!heard || story.facts.status === 'lapsed') learn(story, await edge.settleExpiry(story.id, story.facts.expiresAt, asked++));
    if (story.facts.status !== 'reserved') return story.facts.status === 'lapsed';
  }
}

/** Stays until no payment attempt can bring money any more. Late money takes the interval again, which ends this; or it goes back. */
async function paidTooLate(story: Story): Promise<void> {
  const finalAt = story.facts.expiresAt + PAYMENT_LIFE_MS;
  if (owes(story.facts)) await look(story);
  while (story.facts.status === 'lapsed' && (Date.now() < finalAt || story.facts.openPayments > 0 || owes(story.facts))) {
    if (story.facts.money === 'returned') write(story, 'returned');
    const again = askAgainAt(story);
    await news(story, Date.now() < finalAt ? Math.min(again, finalAt) : again, 'paid too late');
    await look(story);
  }
}

/** From the payment to the end of the visit: reminders, a second payment that goes back, a move to another time, a cancellation. */
async function remindUntilEnd(story: Story): Promise<void> {
  let plan = planOf(story);
  while (isFirm(story) && Date.now() < story.facts.endsAt) {
    const next = plan.reminders[0];
    if (next !== undefined && next.at <= Date.now()) {
      plan.reminders.shift();
      if (!isStale(next, Date.now())) write(story, next.kind);
      continue;
    }
    const again = askAgainAt(story);
    const [until, why] = next === undefined ? [story.facts.endsAt, 'end of the visit'] : [next.at, next.kind];
    const heard = await news(story, Math.min(until, again), again < until ? 'money open at the provider' : why);
    if (heard || Date.now() >= again) await look(story);
    if (story.facts.startsAt !== plan.startsAt) plan = planOf(story);
  }
}

/** The last look: a workflow that has ended sends nothing back, so it does not end while money is owed, may still come, or a letter waits. */
async function stillOwed(story: Story): Promise<void> {
  do {
    const again = askAgainAt(story);
    if (Number.isFinite(again)) await news(story, again, 'money still owed');
    await look(story);
    if (story.facts.status === 'lapsed' && story.facts.money === 'returned') write(story, 'returned');
    if (!Number.isFinite(askAgainAt(story))) await story.letters;
  } while (Number.isFinite(askAgainAt(story)) || story.news);
}

const isFirm = ({ facts }: Story): boolean => facts.status !== 'reserved' && facts.status !== 'lapsed' && facts.status !== 'cancelled';

const planOf = ({ facts }: Story): { readonly startsAt: number; readonly reminders: Reminder[] } => ({
  startsAt: facts.startsAt,
  reminders: remindersOf(facts.startsAt, Date.now()),
});
