// One running story: the facts as last seen, the signals not yet looked at, the letters on their way. consultation.ts tells it with these
// verbs. A signal is only a request to look at the facts, so a repeated, late or foreign one changes nothing by itself.
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
  /** A signal came that nobody has looked at; money is told apart, because it asks for what is owed as well. */
  signalled: boolean;
  moneySignalled: boolean;
  /** How often the provider was asked since anything was heard. */
  polls: number;
  letters: Promise<void>;
  /** Who has not come, as far as that was noted and is still so. */
  missing: readonly MissingKind[];
  readonly queued: Set<string>;
}

/** Begins to listen and shows the state; must be the first thing a workflow does, because signals may already be waiting. */
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

  // A developer may send a signal from the console without any argument; it still asks to look.
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

/** Waits for a signal, at most until the instant, or for ever; true when one came. On a tie the signal wins. */
export async function awaitSignal(story: Story, until: number, summary: string): Promise<boolean> {
  if (Number.isFinite(until))
    return await condition(() => story.signalled, Math.max(1, until - Date.now()), { summary: `${summary} at ${iso(until)}` });
  await condition(() => story.signalled);
  return true;
}

/** Looks at the facts, and at the provider where something is open there or owed. */
export async function refresh(story: Story): Promise<void> {
  const moneySignalled = story.moneySignalled;
  story.polls = story.signalled ? 0 : story.polls + 1;
  story.signalled = false;
  story.moneySignalled = false;
  if (story.facts.openPayments > 0) apply(story, await activities.checkPayments(story.id));
  else if (!moneySignalled && !owes(story.facts)) apply(story, await activities.standing(story.id));
  // Money on top of a paid consultation (two attempts, both paid) shows in no state, so every word of money asks for what is owed.
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

/** Has it noted that somebody did not come, if the edge finds it still so; true then, and the console shows it until they come. */
export async function noteMissing(story: Story, kind: MissingKind): Promise<boolean> {
  if (hasCome(story.facts, kind)) return false;
  const { kind: answer } = await activities.noteMissing(story.id, kind, story.facts.scheduleVersion);
  if (answer === 'untrue') return false;
  story.missing = [...story.missing, kind];
  show(story);
  return true;
}

/** Ends the room. It may fail for good and the story goes on: facts and money do not hang on it. */
export async function closeRoom(story: Story): Promise<void> {
  try {
    await activities.closeRoom(story.id);
  } catch (failure) {
    if (!(failure instanceof ActivityFailure)) throw failure;
    log.warn('room not closed');
  }
}

/** Whether somebody's money is with the clinic without a right to it, as far as the facts tell. */
export const owes = ({ status, money, openRefunds }: Standing): boolean =>
  openRefunds > 0 || money === 'returning' || (status === 'lapsed' && money !== 'nothing' && money !== 'returned');

/** When the provider is to be asked again without being told; Infinity when nothing is open there. */
export function askAgainAt({ facts, polls }: Story): number {
  const pace = facts.openPayments > 0 ? PAYMENT_POLL_MS : owes(facts) ? REFUND_POLL_MS : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(pace)) return pace;
  return Date.now() + Math.min(pace * 2 ** Math.max(0, polls - PATIENT_POLLS), POLL_CAP_MS);
}

/** Puts a letter, once, behind those already on their way; the story does not wait for the post, so no deadline hangs on it. */
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
    // Refused for good, or a reminder whose time has passed: the absence of the letter is visible in D1, and money matters more than post.
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
