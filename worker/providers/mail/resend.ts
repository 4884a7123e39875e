// Resend (resend.com/docs/api-reference): letters by its SDK, delivery reports as signed webhooks. The API's address is a setting.
// worker/world.ts creates it.
import { Resend } from 'resend';
import { z } from 'zod';
import { type DeliveryState, type MailPort, MailUnavailable } from './port.ts';

export interface ResendSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly from: string;
}

// An attempt of an activity ends after 5 s; sending again with the same key is safe.
const TIMEOUT_MS = 4_000;

const reportSchema = z.object({ type: z.string(), created_at: z.string(), data: z.object({ email_id: z.string().min(1).max(64) }) });

const STATES: Record<string, DeliveryState> = {
  'email.sent': 'sent',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delayed',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
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
              contentType: 'text/calendar; method=PUBLISH; charset=utf-8',
            },
          ]
        : [];
      const { data, error } = await sdk.emails.send(
        { from: settings.from, to: mail.to, subject: mail.subject, html: mail.html, text: mail.text, attachments },
        { idempotencyKey: mail.key, signal: AbortSignal.timeout(TIMEOUT_MS) },
      );
      // Resend already has the letter. The repeated one differs because the facts have changed since
      // (resend.com/docs/dashboard/emails/idempotency-keys).
      if (error?.name === 'invalid_idempotent_request') return null;
      if (error) throw new MailUnavailable(`${error.name} (${error.statusCode ?? 'no answer'})`);
      return data.id;
    },

    async parseReport(body, headers, now) {
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
      const report = reportSchema.safeParse(JSON.parse(body));
      if (!report.success) return null;
      const state = STATES[report.data.type];
      const at = Date.parse(report.data.created_at);
      return state ? { providerId: report.data.data.email_id, state, at: Number.isNaN(at) ? now : at } : null;
    },
  };
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
