// All settings of the edge: name, format and purpose, parsed once. A missing one stops the start with its description. Called by world.ts
// and worker/routes/machines/health.ts.
import { z } from 'zod';
import { PAYMENT_FIELDS } from './providers/payment/providers.ts';

const secret = z.string().min(16);
const keyRing = z.string().regex(/^[\w.-]{1,32}:[A-Za-z0-9+/]{43,}={0,2}(,[\w.-]{1,32}:[A-Za-z0-9+/]{43,}={0,2})*$/);

const FIELDS = {
  PUBLIC_URL: z.url().describe('where patients open the cabinet, as https://clinic.example'),
  HOST_URL: z.url().describe('where the host with the gateway to Temporal listens'),
  EDGE_KEYS: keyRing.describe('keys with which edge and host sign what they say to each other, id:base64,id:base64, the first signs'),
  DATA_KEYS: keyRing.describe('keys that seal SNILS and short-lived cookies, id:base64,id:base64, the first seals'),
  GOSUSLUGI_ISSUER: z.url().describe('issuer of the OpenID Connect gateway to Gosuslugi'),
  GOSUSLUGI_CLIENT_ID: z.string().min(1).describe('client id at the Gosuslugi gateway'),
  GOSUSLUGI_CLIENT_SECRET: secret.describe('client secret at the Gosuslugi gateway'),
  ...PAYMENT_FIELDS,
  CALLS_API_URL: z.url().describe('Cloudflare Calls API with its version, https://rtc.live.cloudflare.com/v1'),
  CALLS_APP_ID: z.string().min(1).describe('app id at Cloudflare Calls'),
  CALLS_APP_SECRET: secret.describe('app secret at Cloudflare Calls'),
  TURN_KEY_ID: z.string().min(1).optional().describe('id of the TURN key at Cloudflare; without it calls go without a relay'),
  TURN_KEY_SECRET: secret.optional().describe('API token of the TURN key at Cloudflare'),
  RESEND_BASE_URL: z.url().describe('Resend API, https://api.resend.com'),
  RESEND_API_KEY: z.string().min(1).describe('API key at Resend'),
  RESEND_WEBHOOK_SECRET: z.string().startsWith('whsec_').describe('signing secret of the Resend webhook'),
  MAIL_FROM: z.string().min(3).describe('sender of letters, as Клиника <mail@clinic.example>'),
  SIGNER_API_URL: z
    .url()
    .optional()
    .describe('signing service with its version, as https://signer.example/csc/v2; without it protocols bear the simple signature alone'),
  SIGNER_API_KEY: secret.optional().describe('key of the clinic at the signing service'),
  TRUSTED_PROXY: z
    .enum(['none', 'cloudflare'])
    .default('none')
    .describe(
      'cloudflare where every request comes through Cloudflare, or a proxy that overwrites cf-connecting-ip; without it that header is ignored',
    ),
  LIVE_RELOAD: z.enum(['0', '1']).default('0').describe('1 on a developer’s machine: pages reload when the code changes'),
};

const schema = z.object(FIELDS);
export type Settings = z.infer<typeof schema>;

/** Throws an error with one sentence per setting that is missing or malformed. */
export function parseSettings(env: unknown): Settings {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map(issue => String(issue.path[0])))];
  const sentences = names.map(name => `${name} is missing or malformed: ${FIELDS[name as keyof typeof FIELDS]?.description ?? 'unknown'}.`);
  throw new Error(sentences.join(' '));
}
