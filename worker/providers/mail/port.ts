// The mail port: sends a letter once and verifies delivery reports. Called by worker/letters/send.ts, worker/auth/sign-in-code.ts and
// worker/routes/machines/notices.ts.

export type DeliveryState = 'sent' | 'delivered' | 'delayed' | 'bounced' | 'complained' | 'failed';

export interface Mail {
  /** The idempotency key, unique for each letter. */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly calendar: { readonly filename: string; readonly content: string } | null;
}

export interface DeliveryReport {
  readonly providerId: string;
  readonly state: DeliveryState;
  readonly at: number;
}

export class MailUnavailable extends Error {
  override readonly name = 'MailUnavailable';
}

export interface MailPort {
  /**
   * Returns the provider's id of the letter; null when the provider accepted another text under this key before and its answer was lost.
   * Throws MailUnavailable; then the same key may be sent again.
   */
  send(mail: Mail): Promise<string | null>;
  /** Null when the body is not signed by the provider or is not about delivery. */
  parseReport(body: string, headers: Headers, now: number): Promise<DeliveryReport | null>;
}
