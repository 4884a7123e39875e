// The workflow of one refund claim, from the demand to the last kopeck of the decision. The gateway (temporal/delivery.ts) starts it; index.ts exports it.
// The facts, the letters that are due and the alarms are rows in D1, written by the activity lookAfterClaim, which the cron calls too. The workflow waits
// for the next moment or a signal, has letters sent and money settled.
import { ActivityFailure, CancellationScope, condition, continueAsNew, defineSignal, log, setCurrentDetails } from '@temporalio/workflow';
import { setHandler, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { ClaimStanding } from './activities.ts';
import { ASK_AGAIN_MS, HISTORY_CAP, PATIENT_POLLS, POLL_CAP_MS, REFUND_POLL_MS, SEEN_CAP } from './clocks.ts';
import { activities, iso } from './proxies.ts';
import { CLAIM_SIGNALS, type ClaimInput, SEARCH_ATTRIBUTES, type Told } from './messages.ts';
import type { ClaimState } from './rules/claim-state.ts';

export const changed = defineSignal<[Told]>(CLAIM_SIGNALS.changed);

export async function refundClaim(input: ClaimInput): Promise<{ readonly state: ClaimState }> {
  // Cancelling the workflow in the console would leave a demand without an answer. The patient withdraws it in the product, which sends a signal.
  return CancellationScope.nonCancellable(async () => {
    const hearing = hears(input);
    let standing = await lookedAfter(input, hearing);
    let polls = 0;
    while (standing.wakeAt !== null || hearing.isSignalled) {
      if (isLong()) await continueAsNew<typeof refundClaim>({ ...input, seen: [...hearing.seen].slice(-SEEN_CAP) });
      const heard = await changedBefore(hearing, standing, polls);
      polls = heard ? 0 : polls + 1;
      standing = await lookedAfter(input, hearing);
    }
    return { state: standing.state };
  });
}

interface Hearing {
  isSignalled: boolean;
  readonly seen: Set<string>;
}

/** A signal only asks for another look, so a repeated, late or foreign one changes nothing by itself. */
function hears(input: ClaimInput): Hearing {
  const hearing: Hearing = { isSignalled: false, seen: new Set(input.seen) };
  setHandler(
    changed,
    (told?: Partial<Told>) => {
      if (told?.messageId !== undefined && hearing.seen.has(told.messageId)) return;
      if (told?.messageId !== undefined) hearing.seen.add(told.messageId);
      hearing.isSignalled = true;
    },
    { description: 'Something happened to the claim; look what.' },
  );
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.claimDueAt, value: new Date(input.dueAt) }]);
  return hearing;
}

/** What is due is written down, then letters leave and money goes back; the answer is how the claim stands after that. */
async function lookedAfter(input: ClaimInput, hearing: Hearing): Promise<ClaimStanding> {
  hearing.isSignalled = false;
  let standing = await activities.lookAfterClaim(input.claimId);
  show(input, standing);
  if (standing.owesMoney) {
    await activities.settleRefunds(input.consultationId);
    standing = await activities.lookAfterClaim(input.claimId);
    show(input, standing);
  }
  await Promise.all(standing.letters.map(letter => posted(input.consultationId, letter)));
  return standing;
}

/** True when something happened before the next moment of the claim. Money on its way is asked about in between. */
async function changedBefore(hearing: Hearing, { wakeAt, wakesFor, owesMoney }: ClaimStanding, polls: number): Promise<boolean> {
  const poll = Date.now() + Math.min(REFUND_POLL_MS * 2 ** Math.max(0, polls - PATIENT_POLLS), POLL_CAP_MS);
  const until = owesMoney ? Math.min(poll, wakeAt ?? poll) : (wakeAt ?? poll);
  const summary = `${owesMoney && until === poll ? 'money still owed' : wakesFor} at ${iso(until)}`;
  // The edge's clock may be behind ours: then it answers with a moment that has passed here, and is asked again a little later.
  return await condition(() => hearing.isSignalled, Math.max(ASK_AGAIN_MS, until - Date.now()), { summary });
}

async function posted(consultationId: string, { kind, subject }: ClaimStanding['letters'][number]): Promise<void> {
  try {
    await activities.sendLetter(consultationId, kind, CLAIM_LETTER_VERSION, subject);
  } catch (failure) {
    // Refused for good. The edge records the end of the letter, and the claim goes on.
    if (!(failure instanceof ActivityFailure)) throw failure;
    log.warn('letter not sent', { kind });
  }
}

/** Letters about a claim are told apart by their subject and not by the time of the visit. */
const CLAIM_LETTER_VERSION = 1;

const isLong = (): boolean => workflowInfo().historyLength >= HISTORY_CAP;

function show({ claimId, consultationId, dueAt }: ClaimInput, { state, wakeAt, wakesFor }: ClaimStanding): void {
  const next = wakeAt === null ? '' : ` Next: **${wakesFor}** at **${iso(wakeAt)}**.`;
  setCurrentDetails(
    `Refund claim \`${claimId}\` of consultation \`${consultationId}\` is **${state}**, to be decided before **${iso(dueAt)}**.${next}`,
  );
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.claim, value: state }]);
}
