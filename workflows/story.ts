// The memory of one running consultation workflow: the last known facts, unhandled signals, letters being sent. consultation.ts calls these
// functions. A signal only requests a new look at the facts, so a repeated, late or foreign one changes nothing by itself.
import {
  ActivityFailure,
  condition,
  continueAsNew,
  defineSignal,
  log,
  patched,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { MissingKind, Standing } from './activities.ts';
import { HISTORY_CAP, LETTER_TURN_MS, PATIENT_POLLS, PAYMENT_POLL_MS, POLL_CAP_MS, REFUND_POLL_MS, SEEN_CAP } from './clocks.ts';
import { activities, iso } from './proxies.ts';
import { isAhead } from './rules/status.ts';
import { type ConsultationInput, type Plan, type Remembered, SEARCH_ATTRIBUTES, SIGNALS, type Told } from './messages.ts';
import type { LetterKind } from './rules/letter.ts';

export const paid = defineSignal<[Told]>(SIGNALS.paid);
export const extended = defineSignal<[Told]>(SIGNALS.extended);
export const cancelled = defineSignal<[Told]>(SIGNALS.cancelled);
export const rescheduled = defineSignal<[Told]>(SIGNALS.rescheduled);
export const entered = defineSignal<[Told]>(SIGNALS.entered);
export const left = defineSignal<[Told]>(SIGNALS.left);
export const concluded = defineSignal<[Told]>(SIGNALS.concluded);
export const protocolSigned = defineSignal<[Told]>(SIGNALS.protocolSigned);

export interface Story {
  readonly id: string;
  readonly input: ConsultationInput;
  facts: Standing;
  /** A signal has come and was not handled yet. A payment signal is marked separately, because it also requires settling refunds. */
  signalled: boolean;
  moneySignalled: boolean;
  /** Polls since the last signal. */
  polls: number;
  /** Resolves when the letters queued so far are sent or given up. */
  letters: Promise<void>;
  unsent: readonly Unsent[];
  /** Who is missing: noted, and has not come since. */
  missing: readonly MissingKind[];
  readonly queued: Set<string>;
  readonly seen: Set<string>;
  /** How often the end of the hold was settled, and whether it led to an end. */
  asked: number;
  isSettled: boolean;
  plan: Plan | null;
  isClosed: boolean;
  nagAt: number | null;
}

type Unsent = Remembered['unsent'][number];

/** Registers the signal handlers and shows the state. Must be the first call of a workflow, because signals may already be waiting. */
export function beginStory(input: ConsultationInput): Story {
  const { consultationId: id, doctorId, startsAt, endsAt, expiresAt, scheduleVersion } = input;
  const facts: Standing = {
    status: 'reserved',
    money: 'nothing',
    startsAt,
    endsAt,
    expiresAt,
    scheduleVersion,
    openPayments: 0,
    openRefunds: 0,
    patientEnteredAt: null,
    doctorEnteredAt: null,
  };
  const { so } = input;
  const story: Story = {
    id,
    input,
    facts: so?.facts ?? facts,
    signalled: so?.signalled ?? false,
    moneySignalled: so?.moneySignalled ?? false,
    polls: so?.polls ?? 0,
    letters: Promise.resolve(),
    unsent: [],
    missing: so?.missing ?? [],
    queued: new Set(so?.queued),
    seen: new Set(so?.seen),
    asked: so?.asked ?? 0,
    isSettled: so?.isSettled ?? false,
    plan: so?.plan ?? null,
    isClosed: so?.isClosed ?? false,
    nagAt: so?.nagAt ?? null,
  };
  const { seen } = story;

  // A developer may send a signal from the console without an argument; it also counts.
  const hear = (isMoney: boolean) => (told?: Partial<Told>) => {
    if (told?.messageId !== undefined && seen.has(told.messageId)) return;
    if (told?.messageId !== undefined) seen.add(told.messageId);
    story.signalled = true;
    story.moneySignalled ||= isMoney;
  };
  setHandler(paid, hear(true), { description: 'Money came; look at what it bought.' });
  setHandler(extended, hear(false), { description: 'The hold got more time; look until when.' });
  setHandler(cancelled, hear(false), { description: 'The consultation was cancelled; refresh, send the money back.' });
  setHandler(rescheduled, hear(false), { description: 'The consultation was moved; look when it starts.' });
  setHandler(entered, hear(false), { description: 'Somebody came into the room; look who.' });
  setHandler(left, hear(false), { description: 'Somebody left the room; look who.' });
  setHandler(concluded, hear(false), { description: 'The doctor ended the visit; look how, close the room.' });
  setHandler(protocolSigned, hear(false), { description: 'The doctor signed the protocol; refresh, nobody needs to be reminded.' });

  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.doctor, value: doctorId }]);
  show(story);
  for (const letter of so?.unsent ?? []) sendsNext(story, letter);
  return story;
}

/**
 * Waits for an activity's answer. When signals have made the history long meanwhile, the workflow goes on in a new run, which asks again:
 * every activity that is called through this function may be repeated.
 */
export async function answerOf<T>(story: Story, asked: Promise<T>): Promise<T> {
  let isAnswered = false;
  const answered = () => {
    isAnswered = true;
  };
  asked.then(answered, answered);
  await condition(() => isAnswered || isLong());
  if (!isAnswered) await goOn(story, true);
  return await asked;
}

const isLong = (): boolean => workflowInfo().historyLength >= HISTORY_CAP;

/** Continues in a new run with everything that this one knows; never returns. `askAgain` when an answer about the facts is missing. */
function goOn(story: Story, askAgain: boolean): Promise<never> {
  const { facts, signalled, moneySignalled, polls, missing, queued, unsent, seen, asked, isSettled, plan, isClosed, nagAt } = story;
  const so: Remembered = {
    facts,
    signalled: signalled || askAgain,
    moneySignalled: moneySignalled || askAgain,
    polls,
    missing,
    queued: [...queued],
    unsent,
    seen: [...seen].slice(-SEEN_CAP),
    asked,
    isSettled,
    plan,
    isClosed,
    nagAt,
  };
  return continueAsNew<(input: ConsultationInput) => Promise<unknown>>({ ...story.input, so });
}

/**
 * Waits for a signal until the instant `until` (ms), or without limit when it is Infinity. True when a signal came, also when both happen
 * together.
 */
export async function awaitSignal(story: Story, until: number, summary: string): Promise<boolean> {
  if (isLong()) await goOn(story, false);
  if (Number.isFinite(until))
    return await condition(() => story.signalled, Math.max(1, until - Date.now()), { summary: `${summary} at ${iso(until)}` });
  await condition(() => story.signalled);
  return true;
}

/** The facts as they are, in a workflow that was started again. Its input tells only of the booking. */
export async function catchUp(story: Story): Promise<void> {
  apply(story, await answerOf(story, activities.standing(story.id)));
}

/** Reads the facts again, and asks the provider when a payment is open there or a refund is owed. */
export async function refresh(story: Story): Promise<void> {
  const moneySignalled = story.moneySignalled;
  story.polls = story.signalled ? 0 : story.polls + 1;
  story.signalled = false;
  story.moneySignalled = false;
  if (story.facts.openPayments > 0) apply(story, await answerOf(story, activities.checkPayments(story.id)));
  else if (!moneySignalled && !owes(story.facts)) apply(story, await answerOf(story, activities.standing(story.id)));
  // A second successful payment for a paid consultation does not change the status, so every payment signal leads to settling refunds.
  if (moneySignalled || owes(story.facts)) apply(story, await answerOf(story, activities.settleRefunds(story.id)));
}

export function apply(story: Story, facts: Standing): void {
  const before = story.facts;
  story.facts = facts;
  const moved = before.startsAt !== facts.startsAt;
  const missing = moved || !isAhead(facts.status) ? [] : story.missing.filter(kind => !hasCome(facts, kind));
  const cameAfterAll = missing.length !== story.missing.length;
  story.missing = missing;
  if (cameAfterAll || moved || before.status !== facts.status || before.money !== facts.money) show(story);
}

const hasCome = (facts: Standing, kind: MissingKind): boolean =>
  (kind === 'doctorLate' ? facts.doctorEnteredAt : facts.patientEnteredAt) !== null;

/** Records a missing participant if the edge confirms it. Returns true then, and the console shows it until they come. */
export async function noteMissing(story: Story, kind: MissingKind): Promise<boolean> {
  if (hasCome(story.facts, kind)) return false;
  const { kind: answer } = await answerOf(story, activities.noteMissing(story.id, kind, story.facts.scheduleVersion));
  if (answer === 'untrue') return false;
  story.missing = [...story.missing, kind];
  show(story);
  return true;
}

/** Closes the room. When this fails permanently the workflow continues, because facts and money do not depend on it. */
export async function closeRoom(story: Story): Promise<void> {
  if (story.isClosed) return;
  try {
    await answerOf(story, activities.closeRoom(story.id));
  } catch (failure) {
    if (!(failure instanceof ActivityFailure)) throw failure;
    log.warn('room not closed');
  }
  story.isClosed = true;
}

/** Whether the clinic holds money that it must return by itself, as far as the facts show. What is stuck is returned by a person. */
export const owes = ({ status, money, openRefunds }: Standing): boolean =>
  openRefunds > 0 || money === 'returning' || (status === 'lapsed' && money !== 'nothing' && money !== 'returned' && money !== 'stuck');

/** When to ask the provider again without a signal, ms; Infinity when nothing is open there. */
export function askAgainAt({ facts, polls }: Story): number {
  const pace = facts.openPayments > 0 ? PAYMENT_POLL_MS : owes(facts) ? REFUND_POLL_MS : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(pace)) return pace;
  return Date.now() + Math.min(pace * 2 ** Math.max(0, polls - PATIENT_POLLS), POLL_CAP_MS);
}

/** Queues a letter once, behind those being sent. The workflow does not wait for the mail, so no deadline depends on it. */
export function queueLetter(story: Story, kind: LetterKind): void {
  const { scheduleVersion } = story.facts;
  const letter = `${kind} ${scheduleVersion}`;
  if (story.queued.has(letter)) return;
  story.queued.add(letter);
  sendsNext(story, { kind, scheduleVersion });
}

/**
 * Whether the visit was moved after the time of this letter, so that sending it would tell of the new time what was told of the old one. A run
 * that begins late (continued in a new one, or started again) passes the same places with a higher version.
 */
export function hasMovedSince(story: Story, kind: LetterKind): boolean {
  if (story.facts.scheduleVersion === 1) return false;
  if (story.input.resumedAt !== undefined) return true;
  return [...story.queued].some(letter => letter.startsWith(`${kind} `)) && patched('letter-of-the-old-time');
}

/** Letters keep their order, but one that cannot be sent holds the next one back for LETTER_TURN_MS only. */
function sendsNext(story: Story, letter: Unsent): void {
  const before = story.letters;
  const isFirst = story.unsent.length === 0;
  let isSent = isFirst;
  void before.then(() => {
    isSent = true;
  });
  story.unsent = [...story.unsent, letter];
  const turn = isFirst ? before : condition(() => isSent, LETTER_TURN_MS, { summary: 'the letter before is still being sent' });
  const sent = turn.then(async () => {
    await posted(story.id, letter.kind, letter.scheduleVersion);
    story.unsent = story.unsent.filter(other => other !== letter);
  });
  story.letters = Promise.all([before, sent]).then(() => undefined);
}

async function posted(id: string, kind: LetterKind, scheduleVersion: number): Promise<void> {
  try {
    await activities.sendLetter(id, kind, scheduleVersion);
  } catch (failure) {
    // Permanently refused, or a reminder whose time has passed. The edge records the end of the letter, and the handling of money must
    // continue.
    if (!(failure instanceof ActivityFailure)) throw failure;
    log.warn('letter not sent', { kind, scheduleVersion });
  }
}

const MISSING: Record<MissingKind, string> = {
  doctorLate: ' The **doctor has not come**.',
  patientAbsent: ' The **patient has not come**.',
};

function show({ id, facts, missing }: Story): void {
  const { status, money, startsAt, expiresAt } = facts;
  const hold = status === 'reserved' ? ` It lapses at **${iso(expiresAt)}** unless it is paid.` : '';
  setCurrentDetails(
    `Consultation \`${id}\` is **${status}**, money: **${money}**. It starts at **${iso(startsAt)}**.${hold}${missing.map(kind => MISSING[kind]).join('')}`,
  );
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.state, value: missing[0] ?? status },
    { key: SEARCH_ATTRIBUTES.money, value: money },
    { key: SEARCH_ATTRIBUTES.startsAt, value: new Date(startsAt) },
  ]);
}
