// The mail port: sends a letter once and verifies delivery reports. Called by worker/letters/send.ts, worker/auth/sign-in-code.ts and
// worker/routes/machines/notices.ts.

import type { LetterState } from '../../../workflows/rules/letter.ts';
import { Unavailable } from '../errors.ts';

/** What the provider can say of a letter that it has. */
export type DeliveryState = Exclude<LetterState, 'queued'>;

export interface Mail {
  /** The idempotency key, unique for each letter. */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly calendar: { readonly filename: string; readonly content: string } | null;
  /** Further headers, for example those of an automatic answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A webhook that the provider has signed. */
export interface MailNotice {
  /** The provider's id of the webhook; a repeated one has the same. */
  readonly id: string;
  readonly type: string;
  /** The letter that it is about; null when it is about something else. */
  readonly providerId: string | null;
  /** The Message-ID that the provider has put into the letter, with its brackets. */
  readonly messageId?: string | null;
  /** What it says about the delivery; null when nothing, for example that the letter was opened. */
  readonly delivery: { readonly state: DeliveryState; readonly why: 'refused' | 'suppressed' | null } | null;
  readonly at: number;
}

export class MailUnavailable extends Unavailable {
  override readonly name = 'MailUnavailable';
}

/** The provider refused this letter; it would be refused again. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

export interface MailPort {
  /**
   * Returns the provider's id of the letter; null when the provider accepted another text under this key before and its answer was lost.
   * Throws MailUnavailable, after which the same key may be sent again, or MailRefused.
   */
  send(mail: Mail): Promise<string | null>;
  /** The Message-ID of a letter that was sent; null when the provider does not know it. */
  messageIdOf(providerId: string): Promise<string | null>;
  /** Null when the provider has not signed the body. Every signed one is a notice, also of a type that is not known here. */
  parseNotice(body: string, headers: Headers, now: number): Promise<MailNotice | null>;
}
