// The mail port: sends one letter once, and reads what the provider reports of its delivery.

export type DeliveryState = 'sent' | 'delivered' | 'delayed' | 'bounced' | 'complained' | 'failed';

export interface Mail {
  /** Our letter's id: the idempotency key. */
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
   * The provider's id of the letter; null when it took one under this key before, in other words, and its answer was lost. Throws
   * MailUnavailable; the same key may be sent again.
   */
  send(mail: Mail): Promise<string | null>;
  /** Null when the body is not signed by the provider or says nothing about delivery. */
  parseReport(body: string, headers: Headers, now: number): Promise<DeliveryReport | null>;
}
