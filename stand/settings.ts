// The settings that the stand gives to its processes, named as in architecture.md. A value from the environment has priority, so that one
// neighbour (a YooKassa test shop, another Temporal) can be the real one. Called by up.ts.
import { writeFileSync } from 'node:fs';
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

export type Settings = Readonly<Record<string, string>>;

const at = (port: number): string => `http://127.0.0.1:${port}`;

/** The settings of the edge; without the codec keys, because only the host may read histories. */
export const edgeSettings = (ports: Ports, secrets: Secrets, given: Settings): Settings =>
  overridden(
    {
      PUBLIC_URL: at(ports.WORKER),
      HOST_URL: at(ports.HOST),
      EDGE_KEYS: secrets.EDGE_KEYS,
      DATA_KEYS: secrets.DATA_KEYS,
      GOSUSLUGI_ISSUER: at(ports.GOSUSLUGI),
      GOSUSLUGI_CLIENT_ID: 'clinic',
      GOSUSLUGI_CLIENT_SECRET: secrets.GOSUSLUGI_CLIENT_SECRET,
      YOOKASSA_API_URL: `${at(ports.YOOKASSA)}/v3`,
      YOOKASSA_SHOP_ID: '100500',
      YOOKASSA_SECRET_KEY: secrets.YOOKASSA_SECRET_KEY,
      CALLS_API_URL: `${at(ports.CALLS)}/v1`,
      CALLS_APP_ID: 'stand',
      CALLS_APP_SECRET: 'stand-calls-secret',
      RESEND_BASE_URL: at(ports.MAIL),
      RESEND_API_KEY: secrets.RESEND_API_KEY,
      RESEND_WEBHOOK_SECRET: secrets.RESEND_WEBHOOK_SECRET,
      MAIL_FROM: 'Клиника <priem@clinic.example>',
      SIGNER_API_URL: `${at(ports.SIGNER)}/csc/v2`,
      SIGNER_API_KEY: secrets.SIGNER_API_KEY,
      LIVE_RELOAD: '0',
    },
    given,
  );

export const hostSettings = (ports: Ports, secrets: Secrets, given: Settings): Settings =>
  overridden(
    {
      PUBLIC_URL: at(ports.WORKER),
      EDGE_KEYS: secrets.EDGE_KEYS,
      CODEC_KEYS: secrets.CODEC_KEYS,
      HOST_LISTEN: `127.0.0.1:${ports.HOST}`,
      CODEC_CONSOLE_ORIGIN: `${at(ports.CONSOLE)},http://localhost:${ports.CONSOLE}`,
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.TEMPORAL}`,
    },
    given,
  );

/** Wrangler reads the edge's settings from this file; it contains secrets, so only its owner may read it. */
export function writeEnvFile(file: string, settings: Settings): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}

const overridden = (settings: Settings, given: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, given[name] || process.env[name] || value]));
