// Signs and verifies requests between the edge and the host: HTTP Message Signatures (RFC 9421, hmac-sha256) over the method, path, query,
// body digest (RFC 9530) and idempotency key. Called by worker/outbox.ts and the activity routes in workerd, by temporal/ in Node.
import { createSignature, isSignatureError, type RequestDescriptor, verifySignature } from 'http-message-sig';

export interface SigningKey {
  readonly id: string;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** The first key signs, all verify. To rotate, put a new key first and remove the old one when nobody signs with it. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]];

export type Refusal = 'missing' | 'malformed' | 'unknownKey' | 'forged' | 'alteredBody' | 'stale' | 'replayed';

export type Verdict = { readonly kind: 'genuine'; readonly keyId: string } | { readonly kind: 'refused'; readonly reason: Refusal };

/** Returns whether the nonce was seen before, and stores it until the instant `until` (ms). */
export type NonceStore = (nonce: string, until: number) => Promise<boolean>;

export interface Outgoing {
  readonly method: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

const ALGORITHM = 'hmac-sha256';
const LABEL = 'clinic';
/** The clocks of the two sides may differ by this many seconds; an older recorded request is refused. */
const WINDOW_S = 300;
const COVERED = ['@method', '@path', '@query', 'content-digest'];

/** Parses `EDGE_KEYS`, for example `k2:base64,k1:base64`; throws one sentence when it is malformed. */
export function parseKeys(text: string): SigningKeys {
  const [first, ...others] = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(parseKey);
  if (first === undefined)
    throw new Error('EDGE_KEYS is empty; it holds the keys with which the edge and the host sign, as id:base64,id:base64.');
  return [first, ...others];
}

/** Returns the request, signed with the first key. `now` is ms. */
export async function signedRequest(url: string, outgoing: Outgoing, keys: SigningKeys, now: number): Promise<Request> {
  const key = keys[0];
  const headers = new Headers({ 'content-type': 'application/json', ...outgoing.headers });
  headers.set('content-digest', await digestOf(outgoing.body));

  const fields = await createSignature(described(outgoing.method, url, headers), {
    label: LABEL,
    components: headers.has('idempotency-key') ? [...COVERED, 'idempotency-key'] : COVERED,
    parameters: { created: Math.floor(now / 1000), keyid: key.id, nonce: crypto.randomUUID(), alg: ALGORITHM },
    signer: { algorithm: ALGORITHM, sign: data => hmac(key, data) },
  });
  headers.set('signature-input', fields.signatureInput);
  headers.set('signature', fields.signature);
  return new Request(url, { method: outgoing.method, body: outgoing.body, headers });
}

/**
 * Verifies a request whose body has been read as text. `now` is ms; the nonce store is called only when everything else is valid. With null for a
 * body that is not read yet, the caller compares it with `digestIn` afterwards.
 */
export async function verifySigned(
  request: Request,
  body: string | null,
  keys: SigningKeys,
  now: number,
  seenNonce: NonceStore,
): Promise<Verdict> {
  const required = request.headers.has('idempotency-key') ? [...COVERED, 'idempotency-key'] : COVERED;
  try {
    const { parameters } = await verifySignature(described(request.method, request.url, request.headers), {
      label: LABEL,
      // The library reports every policy breach with the same code, so the age is checked below and gets its own reason.
      policy: {
        algorithms: [ALGORITHM],
        requiredComponents: required,
        requiredParameters: ['created', 'keyid', 'nonce', 'alg'],
        clockSkew: Number.MAX_SAFE_INTEGER,
      },
      resolveVerifier: candidate => verifierOf(keys, candidate.parameters.keyid),
    });
    const { created = 0, keyid = '', nonce = '' } = parameters;
    if (Math.abs(now / 1000 - created) > WINDOW_S) return refused('stale');
    if (body !== null && request.headers.get('content-digest') !== (await digestOf(body))) return refused('alteredBody');
    if (await seenNonce(`${keyid}:${nonce}`, (created + WINDOW_S + 1) * 1000)) return refused('replayed');
    return { kind: 'genuine', keyId: keyid };
  } catch (error) {
    if (isSignatureError(error)) return refused(reasonOf(error.code));
    throw error;
  }
}

const refused = (reason: Refusal): Verdict => ({ kind: 'refused', reason });

function reasonOf(code: string): Refusal {
  if (code === 'MissingField' || code === 'PolicyViolation') return 'missing';
  if (code === 'ResolverFailed') return 'unknownKey';
  if (code === 'VerificationFailed') return 'forged';
  return 'malformed';
}

function parseKey(part: string): SigningKey {
  const colon = part.indexOf(':');
  const id = part.slice(0, Math.max(0, colon));
  const text = part.slice(colon + 1);
  if (!/^[\w.-]{1,32}$/.test(id) || !/^[A-Za-z0-9+/]{43,}={0,2}$/.test(text)) {
    throw new Error('EDGE_KEYS is malformed; each key is id:base64 with at least 32 random bytes, the first one signs.');
  }
  return { id, secret: Uint8Array.from(atob(text), character => character.charCodeAt(0)) };
}

// Both sides use the parsed address, because servers differ in what `url` contains.
function described(method: string, url: string, headers: Headers): RequestDescriptor {
  const fields = [...headers].map(([name, value]) => ({ name, value }));
  return { kind: 'request', method: method.toUpperCase(), targetUri: new URL(url).href, fields };
}

function verifierOf(keys: SigningKeys, keyId: string | undefined) {
  const key = keys.find(candidate => candidate.id === keyId);
  if (key === undefined) throw new Error('No such key.');
  return {
    algorithm: ALGORITHM,
    verify: async (data: Uint8Array, signature: Uint8Array) =>
      crypto.subtle.verify('HMAC', await importedKey(key), Uint8Array.from(signature), Uint8Array.from(data)),
  };
}

async function hmac(key: SigningKey, data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await importedKey(key), Uint8Array.from(data)));
}

const importedKey = (key: SigningKey) =>
  crypto.subtle.importKey('raw', key.secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

/** The SHA-256 (hex) of the body, as the signed header says; null when it names none. */
export function digestIn(headers: Headers): string | null {
  const said = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(headers.get('content-digest') ?? '')?.[1];
  return said === undefined ? null : Array.from(atob(said), byte => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

async function digestOf(body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', typeof body === 'string' ? new TextEncoder().encode(body) : body));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}
