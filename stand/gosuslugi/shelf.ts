// Stores the codes, tokens and interactions of the OpenID provider, and what must survive a restart: its keys, and who signed in. One JSON
// file in the stand's folder, or memory only.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, Payload, SigningKey } from 'oidc-provider';

export interface Keys {
  readonly jwks: readonly SigningKey[];
  readonly cookies: readonly string[];
}

export interface SignIn {
  readonly at: number;
  readonly sub?: string;
  readonly end: 'signedIn' | 'refused';
}

interface Row {
  readonly payload: Payload;
  readonly expiresAt?: number;
}

interface Kept {
  readonly keys: Keys;
  rows: Record<string, Row>;
  signIns: SignIn[];
}

export interface Shelf {
  readonly keys: Keys;
  readonly signIns: readonly SignIn[];
  note(signIn: SignIn): void;
  adapter(model: string): Adapter;
}

export function openShelf(now: () => number, dir?: string, keys?: Keys): Shelf {
  const file = dir === undefined ? undefined : join(dir, 'gosuslugi.json');
  const old: Kept | undefined = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const kept: Kept = { rows: old?.rows ?? {}, signIns: old?.signIns ?? [], keys: keys ?? old?.keys ?? newKeys() };
  const save = () => {
    kept.rows = Object.fromEntries(Object.entries(kept.rows).filter(([, { expiresAt = Infinity }]) => expiresAt > now()));
    if (dir === undefined || file === undefined) return;
    mkdirSync(dir, { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  save();
  return {
    keys: kept.keys,
    get signIns() {
      return kept.signIns;
    },
    note(signIn) {
      kept.signIns = [...kept.signIns, signIn].slice(-200);
      save();
    },
    adapter: model => adapterOf(model, kept, now, save),
  };
}

function adapterOf(model: string, kept: Kept, now: () => number, save: () => void): Adapter {
  const live = (row: Row | undefined) => (row !== undefined && (row.expiresAt ?? Infinity) > now() ? row.payload : undefined);
  const first = (matches: (payload: Payload) => boolean) =>
    live(Object.entries(kept.rows).find(([key, row]) => key.startsWith(`${model}:`) && matches(row.payload))?.[1]);
  return {
    async upsert(id, payload, expiresIn) {
      kept.rows[`${model}:${id}`] = { payload, expiresAt: expiresIn === undefined ? undefined : now() + expiresIn * 1000 };
      save();
    },
    find: async id => live(kept.rows[`${model}:${id}`]),
    findByUid: async uid => first(payload => payload.uid === uid),
    findByUserCode: async code => first(payload => payload.userCode === code),
    async consume(id) {
      const payload = live(kept.rows[`${model}:${id}`]);
      if (payload !== undefined) payload.consumed = Math.floor(now() / 1000);
      save();
    },
    async destroy(id) {
      delete kept.rows[`${model}:${id}`];
      save();
    },
    async revokeByGrantId(grantId) {
      kept.rows = Object.fromEntries(Object.entries(kept.rows).filter(([, row]) => row.payload.grantId !== grantId));
      save();
    },
  };
}

function newKeys(): Keys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
  return { jwks: [jwk], cookies: [randomBytes(32).toString('base64url')] };
}
