// A certification authority for the stand only: at the first start it creates itself and one certificate per doctor, and keeps them in the
// stand's folder. Called by signer.ts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DOCTORS } from '../clinic/people.ts';
import { type Issued, issue, isSoonOver, pemOf } from './certificates.ts';

export interface Credential extends Issued {
  /** The doctor's id in the clinic. */
  readonly id: string;
  readonly owner: string;
}

export interface Authority {
  readonly pem: string;
  readonly credentials: readonly Credential[];
}

const Kept = z.object({
  root: z.object({ certificate: z.string(), privateKey: z.string(), serial: z.string(), validUntil: z.number() }),
  credentials: z.array(
    z.object({
      id: z.string(),
      owner: z.string(),
      certificate: z.string(),
      privateKey: z.string(),
      serial: z.string(),
      validUntil: z.number(),
    }),
  ),
});

const ROOT_NAME = 'Удостоверяющий центр стенда (не настоящий)';

export async function openAuthority(dir: string | undefined, now: number): Promise<Authority> {
  const file = dir === undefined ? null : join(dir, 'signer.json');
  const kept = file !== null && existsSync(file) ? Kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined;
  const isGood = kept !== undefined && !kept.credentials.some(({ validUntil }) => isSoonOver(validUntil, now));
  const { root, credentials } = isGood ? kept : await made(now);
  if (file !== null && !isGood) {
    mkdirSync(dir ?? '.', { recursive: true });
    writeFileSync(file, JSON.stringify({ root, credentials }), { mode: 0o600 });
  }
  return { pem: pemOf(root.certificate), credentials };
}

async function made(now: number): Promise<z.output<typeof Kept>> {
  const root = await issue(ROOT_NAME, null, now);
  const credentials = await Promise.all(
    DOCTORS.map(async ({ doctorId, familyName, givenName }) => {
      const owner = `${familyName} ${givenName}`;
      return { id: doctorId, owner, ...(await issue(owner, root, now)) };
    }),
  );
  return { root, credentials };
}
