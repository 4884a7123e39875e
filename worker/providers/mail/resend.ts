// Resend (resend.com/docs/api-reference): letters by its SDK, delivery reports as signed webhooks. The API's address is a setting.
// worker/world.ts creates it.
import { Resend } from 'resend';
import { z } from 'zod';
import { jsonIn } from '../../../workflows/rules/text.ts';
import { asciiOf } from '../../letters/address.ts';
import { pauseOf, verdictOf } from '../errors.ts';
import { type MailNotice, type MailPort, MailRefused, MailUnavailable } from './port.ts';

export interface ResendSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly from: string;
}

// An attempt of an activity ends after 5 s; sending again with the same key is safe.
const TIMEOUT_MS = 4_000;

const noticeSchema = z.object({
  type: z.string().max(64),
  created_at: z.string().optional(),
  data: z.object({ email_id: z.string().min(1).max(64).optional(), message_id: z.string().max(998).nullish().catch(null) }).optional(),
});

// resend.com/docs/dashboard/webhooks/event-types. The other types say nothing about the delivery.
const DELIVERIES: Record<string, MailNotice['delivery']> = {
  'email.sent': { state: 'sent', why: null },
  'email.delivered': { state: 'delivered', why: null },
  'email.delivery_delayed': { state: 'delayed', why: null },
  'email.bounced': { state: 'bounced', why: null },
  'email.complained': { state: 'complained', why: null },
  'email.failed': { state: 'failed', why: 'refused' },
  'email.suppressed': { state: 'failed', why: 'suppressed' },
};

export function resend(settings: ResendSettings): MailPort {
  const sdk = new Resend(settings.apiKey, { baseUrl: settings.baseUrl });
  return {
    async send(mail) {
      const attachments = mail.calendar
        ? [
            {
              filename: mail.calendar.filename,
              content: base64(mail.calendar.content),
              // The same word as in the file (RFC 6047, 2.4): a file with CANCEL takes the event away.
              contentType: `text/calendar; method=${/^METHOD:(\w+)/m.exec(mail.calendar.content)?.[1] ?? 'PUBLISH'}; charset=utf-8`,
            },
          ]
        : [];
      const { data, error, headers } = await sdk.emails.send(
        {
          from: settings.from,
          to: asciiOf(mail.to),
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          attachments,
          ...(mail.headers === undefined ? {} : { headers: mail.headers }),
        },
        { idempotencyKey: mail.key, signal: AbortSignal.timeout(TIMEOUT_MS) },
      );
      // Resend already has the letter. The repeated one differs because the facts have changed since
      // (resend.com/docs/dashboard/emails/idempotency-keys).
      if (error?.name === 'invalid_idempotent_request') return null;
      if (!error) return data.id;
      const message = `${error.name} (${error.statusCode ?? 'no answer'})`;
      const verdict = verdictOf('resend', error.name, error.statusCode);
      if (verdict === 'final') throw new MailRefused(message);
      throw new MailUnavailable(message, pauseOf(verdict, headers?.['retry-after']));
    },

    async messageIdOf(providerId) {
      const { data, error } = await sdk.get<{ message_id?: string }>(`/emails/${encodeURIComponent(providerId)}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (error !== null && error.statusCode !== 404) throw new MailUnavailable(`${error.name} (${error.statusCode ?? 'no answer'})`);
      return bracketed(data?.message_id ?? '');
    },

    async parseNotice(body, headers, now) {
      try {
        sdk.webhooks.verify({
          payload: body,
          headers: {
            id: headers.get('svix-id') ?? '',
            timestamp: headers.get('svix-timestamp') ?? '',
            signature: headers.get('svix-signature') ?? '',
          },
          webhookSecret: settings.webhookSecret,
        });
      } catch {
        return null;
      }
      const id = headers.get('svix-id') ?? '';
      const parsed = noticeSchema.safeParse(jsonIn(body));
      if (!parsed.success) return { id, type: 'unknown', providerId: null, messageId: null, delivery: null, at: now };
      const { type, created_at, data } = parsed.data;
      const at = Date.parse(created_at ?? '');
      const messageId = bracketed(data?.message_id ?? '');
      return {
        id,
        type,
        providerId: data?.email_id ?? null,
        messageId,
        delivery: DELIVERIES[type] ?? null,
        at: Number.isNaN(at) ? now : at,
      };
    },
  };
}

/** A message id as letters name it; null when it is none. */
function bracketed(said: string): string | null {
  const bare = said.trim().replace(/^<|>$/g, '');
  return /^[^<>\s]{3,250}$/.test(bare) ? `<${bare}>` : null;
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
