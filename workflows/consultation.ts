// The workflow of one consultation, from the reservation to the conclusion and the last refund. The gateway (temporal/delivery.ts) starts
// it; index.ts exports it. The facts are in D1; the workflow only waits and calls activities.
import { CancellationScope, patched } from '@temporalio/workflow';
import { isAhead, isFirm, type MoneyState, type Status, UPCOMING_TAIL_MS } from './rules/status.ts';
import { isStale, remindersOf } from './rules/reminder.ts';
import { UNSIGNED_NAG_MS } from './rules/protocol.ts';
import { ASK_AGAIN_MS, DOCTOR_LATE_MS, PATIENT_ABSENT_MS, PAYMENT_LIFE_MS } from './clocks.ts';
import type { MissingKind } from './activities.ts';
import { activities } from './proxies.ts';
import type { ConsultationInput, Plan } from './messages.ts';
import {
  answerOf,
  apply,
  catchUp,
  askAgainAt,
  awaitSignal,
  beginStory,
  closeRoom,
  hasMovedSince,
  noteMissing,
  owes,
  queueLetter,
  refresh,
  type Story,
} from './story.ts';

export interface Ending {
  readonly status: Status;
  readonly money: MoneyState;
}

export async function consultation(input: ConsultationInput): Promise<Ending> {
  // Cancelling the workflow in the Temporal console would leave money unreturned. A consultation is cancelled in the product, which sends a
  // signal.
  return CancellationScope.nonCancellable(async () => {
    const story = beginStory(input);

    if (input.resumedAt !== undefined && input.so === undefined) await catchUp(story);
    queueLetter(story, 'booked');
    if (await notPaidInTime(story)) {
      queueLetter(story, 'lapsed');
      await paidTooLate(story);
    }
    if (isFirm(story.facts.status)) {
      queueLetter(story, hasMovedSince(story, 'paid') ? 'rescheduled' : 'paid');
      await untilConcluded(story);
      await closeRoom(story);
      if (story.facts.status === 'concluded') await untilSigned(story);
      if (story.facts.status === 'failed' && patched('failedIsReturned')) queueLetter(story, 'returned');
    }
    if (story.facts.status === 'cancelled') {
      apply(story, await answerOf(story, activities.settleRefunds(story.id)));
      queueLetter(story, 'cancelled');
    }
    await stillOwed(story);

    return { status: story.facts.status, money: story.facts.money };
  });
}

/**
 * True when the hold ended without money; false when it was paid or cancelled. The deadline is read from the facts, because the staff may
 * extend it.
 */
async function notPaidInTime(story: Story): Promise<boolean> {
  while (story.facts.status === 'reserved' || (story.facts.status === 'lapsed' && !story.isSettled)) {
    const heard = await awaitSignal(story, story.facts.expiresAt + story.asked * ASK_AGAIN_MS, 'not paid in time');
    if (heard) await refresh(story);
    // A hold past its grace period has the status «lapsed», but only settleExpiry asks the provider and frees the interval.
    if (!heard || story.facts.status === 'lapsed') {
      const { expiresAt } = story.facts;
      const settled = await answerOf(story, activities.settleExpiry(story.id, expiresAt, story.asked, story.input.resumedAt));
      story.asked++;
      story.isSettled = settled.status !== 'reserved';
      apply(story, settled);
    }
  }
  return story.facts.status === 'lapsed';
}

/**
 * Waits until no payment attempt can succeed any more. Late money either takes the interval again, which ends this wait, or is returned.
 */
async function paidTooLate(story: Story): Promise<void> {
  const finalAt = story.facts.expiresAt + PAYMENT_LIFE_MS;
  if (owes(story.facts)) await refresh(story);
  while (story.facts.status === 'lapsed' && (Date.now() < finalAt || story.facts.openPayments > 0 || owes(story.facts))) {
    if (story.facts.money === 'returned') queueLetter(story, 'returned');
    const again = askAgainAt(story);
    await awaitSignal(story, Date.now() < finalAt ? Math.min(again, finalAt) : again, 'paid too late');
    await refresh(story);
  }
}

/**
 * From the payment to the conclusion: reminders, missing participants, a second payment that is returned, a move to another time, a
 * cancellation. The wait ends 12 hours after the booked end if nobody concludes the visit; the talon leaves the patient's list at the same
 * time.
 */
async function untilConcluded(story: Story): Promise<void> {
  story.plan ??= planOf(story);
  while (isAhead(story.facts.status) && Date.now() < story.facts.endsAt + UPCOMING_TAIL_MS) {
    const [next, ...later]: Plan['moments'] = story.plan.moments;
    if (next !== undefined && next.at <= Date.now()) {
      if (next.kind === 'doctorLate' || next.kind === 'patientAbsent') await whoHasNotCome(story, next.kind);
      else if (!isStale({ kind: next.kind, at: next.at }, Date.now())) queueLetter(story, next.kind);
      story.plan = { ...story.plan, moments: later };
      continue;
    }
    const again = askAgainAt(story);
    const [until, why] = next === undefined ? [story.facts.endsAt + UPCOMING_TAIL_MS, 'concluded by nobody'] : [next.at, next.kind];
    const heard = await awaitSignal(story, Math.min(until, again), again < until ? 'money open at the provider' : why);
    if (heard || Date.now() >= again) await refresh(story);
    if (story.facts.startsAt !== story.plan.startsAt) {
      story.plan = planOf(story);
      if (isAhead(story.facts.status)) queueLetter(story, 'rescheduled');
    }
  }
}

/** Notes it for the staff. When the doctor is missing, the patient also gets a letter with the choices, once per schedule version. */
async function whoHasNotCome(story: Story, kind: MissingKind): Promise<void> {
  const isNoted = await noteMissing(story, kind);
  if (isNoted && kind === 'doctorLate') queueLetter(story, 'doctorLate');
}

/** From the conclusion to the signature. The doctor is reminded after 24 hours; there is no deadline for signing. */
async function untilSigned(story: Story): Promise<void> {
  story.nagAt ??= Date.now() + UNSIGNED_NAG_MS;
  const { nagAt } = story;
  while (story.facts.status === 'concluded') {
    const isNagged = Date.now() >= nagAt;
    if (isNagged) queueLetter(story, 'unsigned');
    const until = isNagged ? Number.POSITIVE_INFINITY : nagAt;
    const again = askAgainAt(story);
    const heard = await awaitSignal(story, Math.min(until, again), again < until ? 'money open at the provider' : 'protocol not signed');
    if (heard || Date.now() >= again) await refresh(story);
  }
}

/**
 * The last check. A workflow that has ended sends no refund, so it stays open while money is owed or may still come, or a letter is being
 * sent.
 */
async function stillOwed(story: Story): Promise<void> {
  do {
    const again = askAgainAt(story);
    if (Number.isFinite(again)) await awaitSignal(story, again, 'money still owed');
    await refresh(story);
    if (story.facts.status === 'lapsed' && story.facts.money === 'returned') queueLetter(story, 'returned');
    if (!Number.isFinite(askAgainAt(story))) await answerOf(story, story.letters);
  } while (Number.isFinite(askAgainAt(story)) || story.signalled);
}

const planOf = ({ facts: { startsAt } }: Story): Plan => ({
  startsAt,
  moments: [
    ...remindersOf(startsAt, Date.now()),
    { kind: 'doctorLate', at: startsAt + DOCTOR_LATE_MS },
    { kind: 'patientAbsent', at: startsAt + PATIENT_ABSENT_MS },
  ],
});
