// Saves the protocol while the doctor types, for main.ts: one second after typing stops and when a field is left, one request at a time,
// with growing pauses after failures. Text that the server does not have yet is kept on the shelf (shelf.ts). When another tab saved first,
// saving stops until the doctor has chosen a text.
import { type Draft, differing } from '../../../workflows/rules/protocol-draft.ts';
import type { ProtocolSetup } from '../../protocol/setup.ts';
import { all, find, show, write } from '../dom.ts';
import { fill } from '../text.ts';
import { readDraft, standOn } from './page.ts';
import { pauseAfter, QUIET_MS } from './pauses.ts';
import { clockOf } from './setup.ts';
import { shelve, unshelve } from './shelf.ts';

export interface Standing {
  readonly version: number;
  readonly at: number | null;
  readonly draft: Draft;
}

type Answer =
  | { readonly kind: 'saved'; readonly version: number; readonly at: number }
  | { readonly kind: 'stale'; readonly standing: Standing }
  | { readonly kind: 'alreadySigned' | 'signedOut' | 'tooLarge' | 'failed' | 'offline' };

export class Keeper {
  private readonly setup: ProtocolSetup;
  private readonly clashed: (standing: Standing) => void;
  private version: number;
  private saved: Draft;
  private failures = 0;
  private timer = 0;
  private request: Promise<void> | null = null;
  /** True while nothing may be sent: the doctor has to choose a text, or the protocol is signed. */
  private isHeld = false;
  /** True when another tab has signed the protocol. */
  isSigned = false;

  constructor(setup: ProtocolSetup, clashed: (standing: Standing) => void) {
    this.setup = setup;
    this.clashed = clashed;
    this.version = setup.version;
    this.saved = setup.draft;
  }

  /** Called after each change of the text. */
  typed(): void {
    if (!this.isDirty()) {
      if (!this.request) unshelve();
      return;
    }
    this.shelve();
    if (!this.isHeld && this.failures === 0) this.in(QUIET_MS);
  }

  /** Saves the unsaved text and waits for the answer. Returns true when the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    // Another caller that waited for the same request may have started the next one, so the condition is checked again.
    while (this.request) await this.request;
    if (!this.isHeld && this.isDirty()) await this.save();
    return !this.isDirty();
  }

  /** Called when the tab is left: the request outlives the tab, and the shelf keeps the text in case the request fails. */
  leaves(): void {
    if (this.isHeld || !this.isDirty()) return;
    this.shelve();
    if (!this.request) void this.post(readDraft(), true);
  }

  /** True when the server has the text that is in the fields now. */
  get hasEverything(): boolean {
    return this.request === null && !this.isDirty();
  }

  networkIsBack(): void {
    if (this.isDirty()) this.in(0);
  }

  /** From now on this save is the base of the text: a save of another tab, or an old one that was restored. */
  standsOn({ version, at, draft }: Standing): void {
    this.version = version;
    this.saved = draft;
    this.isHeld = false;
    standOn(version);
    if (at !== null) this.say(fill(this.setup.words.savedAt, { clock: clockOf(at) }), true);
    this.typed();
  }

  hold(): void {
    clearTimeout(this.timer);
    this.isHeld = true;
  }

  /** Writes the state of saving. The «saved» icon is shown only when the text reports a save. */
  say(text: string, isSaved = false): void {
    for (const place of all('[data-save-said]')) write(place, text);
    show(find('[data-save-mark]'), isSaved);
  }

  private isDirty(): boolean {
    return differing(readDraft(), this.saved).length > 0;
  }

  private shelve(): void {
    shelve({ round: this.setup.round, version: this.version, at: Date.now(), draft: readDraft() });
  }

  private in(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private async save(): Promise<void> {
    const draft = readDraft();
    this.request = this.post(draft, false).then(answer => this.hear(answer, draft));
    await this.request;
    this.request = null;
  }

  private hear(answer: Answer, draft: Draft): void {
    const { words } = this.setup;
    if (answer.kind === 'failed' || answer.kind === 'offline') {
      this.failures++;
      this.say(answer.kind === 'offline' ? words.offline : words.failing);
      this.in(pauseAfter(this.failures));
      return;
    }
    this.failures = 0;
    if (answer.kind === 'saved') return this.hasSaved(answer, draft);
    if (answer.kind === 'tooLarge') return this.say(words.tooLarge);
    this.hold();
    this.isSigned = answer.kind === 'alreadySigned';
    this.say(words[answer.kind === 'stale' ? 'clash' : answer.kind]);
    if (answer.kind === 'stale') this.clashed(answer.standing);
  }

  private hasSaved({ version, at }: { readonly version: number; readonly at: number }, draft: Draft): void {
    this.version = version;
    this.saved = draft;
    standOn(version);
    this.say(fill(this.setup.words.savedAt, { clock: clockOf(at) }), true);
    // The doctor typed more while the request was running.
    if (this.isDirty()) this.typed();
    else unshelve();
  }

  private async post(draft: Draft, keepalive: boolean): Promise<Answer> {
    const { consultationId, round } = this.setup;
    try {
      const response = await fetch(`/desk/consultations/${consultationId}/protocol/draft`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ round, version: this.version, ...draft }),
        keepalive,
      });
      return await answerOf(response);
    } catch {
      return { kind: 'offline' };
    }
  }
}

async function answerOf(response: Response): Promise<Answer> {
  if (response.status === 201) return { kind: 'saved', ...((await response.json()) as { version: number; at: number }) };
  if (response.status === 401 || response.status === 404) return { kind: 'signedOut' };
  if (response.status === 413 || response.status === 422) return { kind: 'tooLarge' };
  if (response.status !== 409) return { kind: 'failed' };
  const { kind, ...standing } = (await response.json()) as Standing & { readonly kind: string };
  return kind === 'stale' ? { kind, standing } : { kind: 'alreadySigned' };
}
