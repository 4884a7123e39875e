// Keys and secrets of the stand, generated once and kept in its folder, readable only by its owner. up.ts passes them to the processes.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Secrets = z.object({
  EDGE_KEYS: z.string(),
  CODEC_KEYS: z.string(),
  DATA_KEYS: z.string(),
  GOSUSLUGI_CLIENT_SECRET: z.string(),
  YOOKASSA_SECRET_KEY: z.string(),
  RESEND_API_KEY: z.string(),
  RESEND_WEBHOOK_SECRET: z.string(),
  SIGNER_API_KEY: z.string(),
});

export type Secrets = z.output<typeof Secrets>;

/** Keeps existing secrets, because D1 and the histories are encrypted with them, and generates missing ones. */
export function secretsIn(dir: string): Secrets {
  const secrets = { ...made(), ...secretsKept(dir) };
  writeFileSync(fileIn(dir), `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

/** The secrets that are there; none when the stand has never run in the folder. */
export const secretsKept = (dir: string): Partial<Secrets> =>
  existsSync(fileIn(dir)) ? Secrets.partial().parse(JSON.parse(readFileSync(fileIn(dir), 'utf8'))) : {};

const fileIn = (dir: string): string => join(dir, 'secrets.json');

// Two valid keys where keys rotate, so that the stand always exercises rotation.
const made = (): Secrets => ({
  EDGE_KEYS: `edge2:${key()},edge1:${key()}`,
  CODEC_KEYS: `codec1:${key()}`,
  DATA_KEYS: `data2:${key()},data1:${key()}`,
  GOSUSLUGI_CLIENT_SECRET: randomBytes(24).toString('base64url'),
  YOOKASSA_SECRET_KEY: `test_${randomBytes(24).toString('base64url')}`,
  RESEND_API_KEY: `re_${randomBytes(18).toString('base64url')}`,
  RESEND_WEBHOOK_SECRET: `whsec_${key()}`,
  SIGNER_API_KEY: randomBytes(24).toString('base64url'),
});

const key = (): string => randomBytes(32).toString('base64');
