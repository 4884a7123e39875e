// What every request uses: the settings and the ports to outside systems, made once per environment. worker/index.ts puts them into the
// context, so that routes receive them as arguments.
import { sealer, type Sealer } from './auth/seal.ts';
import type { Database, DatabaseBinding } from './data/db.ts';
import type { Requirement } from './http/requires.ts';
import { gosuslugi } from './providers/identity/gosuslugi.ts';
import type { IdentityPort } from './providers/identity/port.ts';
import type { MailPort } from './providers/mail/port.ts';
import type { PaymentPort } from './providers/payment/port.ts';
import { receiving, type ReceivingPort } from './providers/mail/receiving.ts';
import { resend } from './providers/mail/resend.ts';
import type { SignaturePort } from './providers/signature/port.ts';
import { signingService } from './providers/signature/signing-service.ts';
import { calls } from './providers/video/calls.ts';
import type { VideoPort } from './providers/video/port.ts';
import { paymentPorts } from './providers/payment/providers.ts';
import { fail } from '../workflows/rules/assert-never.ts';
import type { EdgeBinding } from '../workflows/rules/limits.ts';
import type { Room } from './rooms/room.ts';
import { parseSettings, type Settings } from './settings.ts';

export interface Bindings extends DatabaseBinding, Readonly<Record<EdgeBinding, RateLimit>> {
  readonly ROOM: DurableObjectNamespace<Room>;
  readonly FILES: R2Bucket;
  readonly [setting: string]: unknown;
}

export interface World {
  readonly settings: Settings;
  readonly seal: Sealer;
  readonly identity: IdentityPort;
  /** The provider for new payments. */
  readonly payment: PaymentPort;
  /** The provider named in a payment row. Throws when it is unknown. */
  readonly paymentOf: (provider: string) => PaymentPort;
  readonly mail: MailPort;
  /** Letters that the mail provider has received. */
  readonly receiving: ReceivingPort;
  readonly video: VideoPort;
  /** Null when the clinic uses the simple signature only. */
  readonly signature: SignaturePort | null;
}

export interface HonoEnv {
  Bindings: Bindings;
  Variables: {
    world: World;
    db: Database;
    /** The instant of the request, ms; routes use no other clock. */
    now: number;
    nonce: string;
    /** Who may use the route; undefined outside routes, for example for a page that does not exist. */
    requirement: Requirement | undefined;
  };
}

const worlds = new WeakMap<object, World>();

/** The world of an environment; throws when a setting is missing. */
export function worldOf(env: Bindings): World {
  const made = worlds.get(env);
  if (made) return made;
  const settings = parseSettings(env);
  const payments = paymentPorts(settings);
  const mail = {
    baseUrl: settings.RESEND_BASE_URL,
    apiKey: settings.RESEND_API_KEY,
    webhookSecret: settings.RESEND_WEBHOOK_SECRET,
    from: settings.MAIL_FROM,
  };
  const world: World = {
    settings,
    seal: sealer(settings.DATA_KEYS),
    identity: gosuslugi({
      issuer: settings.GOSUSLUGI_ISSUER,
      clientId: settings.GOSUSLUGI_CLIENT_ID,
      clientSecret: settings.GOSUSLUGI_CLIENT_SECRET,
    }),
    payment: payments[0],
    paymentOf: provider => payments.find(port => port.provider === provider) ?? fail(`No payment provider ${provider}.`),
    mail: resend(mail),
    receiving: receiving(mail),
    video: calls({
      apiUrl: settings.CALLS_API_URL,
      appId: settings.CALLS_APP_ID,
      appSecret: settings.CALLS_APP_SECRET,
      turnKeyId: settings.TURN_KEY_ID ?? null,
      turnKeySecret: settings.TURN_KEY_SECRET ?? null,
    }),
    signature: signatureOf(settings),
  };
  worlds.set(env, world);
  return world;
}

/** Both settings or neither: with only one, nothing would be signed and nobody would notice. */
function signatureOf({ SIGNER_API_URL, SIGNER_API_KEY }: Settings): SignaturePort | null {
  if (SIGNER_API_URL === undefined && SIGNER_API_KEY === undefined) return null;
  if (SIGNER_API_URL === undefined || SIGNER_API_KEY === undefined) throw new Error('SIGNER_API_URL and SIGNER_API_KEY go together.');
  return signingService({ apiUrl: SIGNER_API_URL, apiKey: SIGNER_API_KEY });
}
