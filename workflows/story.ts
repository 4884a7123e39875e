// The memory of one running consultation workflow: the last known facts, unhandled signals, letters being sent. consultation.ts calls these
// functions. A signal only requests a new look at the facts, so a repeated, late or foreign one changes nothing by itself.
import { ActivityFailure, condition, defineSignal, log, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { MissingKind, Standing } from './activities.ts';
import { PATIENT_POLLS, PAYMENT_POLL_MS, POLL_CAP_MS, REFUND_POLL_MS } from './clocks.ts';
import { activities, iso } from './proxies.ts';
import { isAhead } from './rules/status.ts';
import { type ConsultationInput, SEARCH_ATTRIBUTES, SIGNALS, type Told } from './messages.ts';
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
  facts: Standing;
  /** A signal has come and was not handled yet. A payment signal is marked separately, because it also requires settling refunds. */
  signalled: boolean;
  moneySignalled: boolean;
  /** Polls since the last signal. */
  polls: number;
  letters: Promise<void>;
  /** Who is missing: noted, and has not come since. */
  missing: readonly MissingKind[];
  readonly queued: Set<string>;
}

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
  const story: Story = {
    id,
    facts,
    signalled: false,
    moneySignalled: false,
    polls: 0,
    letters: Promise.resolve(),
    missing: [],
    queued: new Set(),
  };
  const seen = new Set<string>();

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
  return story;
}

/**
 * Waits for a signal until the instant `until` (ms), or without limit when it is Infinity. True when a signal came, also when both happen
 * together.
 */
export async function awaitSignal(story: Story, until: number, summary: string): Promise<boolean> {
  if (Number.isFinite(until))
    return await condition(() => story.signalled, Math.max(1, until - Date.now()), { summary: `${summary} at ${iso(until)}` });
  await condition(() => story.signalled);
  return true;
}

/** Reads the facts again, and asks the provider when a payment is open there or a refund is owed. */
export async function refresh(story: Story): Promise<void> {
  const moneySignalled = story.moneySignalled;
  story.polls = story.signalled ? 0 : story.polls + 1;
  story.signalled = false;
  story.moneySignalled = false;
  if (story.facts.openPayments > 0) apply(story, await activities.checkPayments(story.id));
  else if (!moneySignalled && !owes(story.facts)) apply(story, await activities.standing(story.id));
  // A second successful payment for a paid consultation does not change the status, so every payment signal leads to settling refunds.
  if (moneySignalled || owes(story.facts)) apply(story, await activities.settleRefunds(story.id));
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
  const { kind: answer } = await activities.noteMissing(story.id, kind, story.facts.scheduleVersion);
  if (answer === 'untrue') return false;
  story.missing = [...story.missing, kind];
  show(story);
  return true;
}

/** Closes the room. When this fails permanently the workflow continues, because facts and money do not depend on it. */
export async function closeRoom(story: Story): Promise<void> {
  try {
    await activities.closeRoom(story.id);
  } catch (failure) {
    if (!(failure instanceof ActivityFailure)) throw failure;
    log.warn('room not closed');
  }
}

/** Whether the clinic holds money that it must return, as far as the facts show. */
export const owes = ({ status, money, openRefunds }: Standing): boolean =>
  openRefunds > 0 || money === 'returning' || (status === 'lapsed' && money !== 'nothing' && money !== 'returned');

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
  story.letters = story.letters.then(() => posted(story.id, kind, scheduleVersion));
}

async function posted(id: string, kind: LetterKind, scheduleVersion: number): Promise<void> {
  try {
    await activities.sendLetter(id, kind, scheduleVersion);
  } catch (failure) {
    // Permanently refused, or a reminder whose time has passed. D1 shows that the letter was not sent, and the handling of money must
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
