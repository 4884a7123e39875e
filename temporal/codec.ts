// Encrypts every payload before it leaves for the Temporal server, so that its history and its console hold nothing readable. The client,
// the worker and the codec routes use the same codec; only a holder of CODEC_KEYS can read.
import { type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import proto from '@temporalio/proto';

interface CodecKey {
  readonly id: string;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** The first key encrypts, every one decrypts. */
export type CodecKeys = readonly [CodecKey, ...CodecKey[]];

const ENCODING = 'binary/encrypted';
const CIPHER = 'AES-256-GCM';
const IV_BYTES = 12;
const PayloadProto = proto.temporal.api.common.v1.Payload;

/** Reads `CODEC_KEYS`, e.g. `c1:base64`, 32 bytes each; throws one sentence when it is not that. */
export function parseCodecKeys(text: string): CodecKeys {
  const [first, ...others] = text.split(',').map(part => {
    const [id = '', secret = ''] = part.trim().split(':');
    const bytes = Uint8Array.from(Buffer.from(secret, 'base64'));
    if (!/^[\w.-]{1,32}$/.test(id) || bytes.length !== 32)
      throw new Error('CODEC_KEYS is malformed; each key is id:base64 with 32 random bytes.');
    return { id, secret: bytes };
  });
  if (first === undefined) throw new Error('CODEC_KEYS is empty.');
  return [first, ...others];
}

/** The whole payload is encrypted, its own metadata included; what somebody else encoded passes unread. */
export function codecOf(keys: CodecKeys): PayloadCodec {
  const imported = new Map(keys.map(key => [key.id, crypto.subtle.importKey('raw', key.secret, 'AES-GCM', false, ['encrypt', 'decrypt'])]));
  const keyOf = (id: string) => {
    const key = imported.get(id);
    if (key === undefined) throw new ValueError(`The payload is encrypted with the key ${id}, which is not among CODEC_KEYS.`);
    return key;
  };

  const encrypt = async (payload: Payload): Promise<Payload> => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = Uint8Array.from(PayloadProto.encode(payload).finish());
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(keys[0].id), plain);
    const metadata = { encoding: bytesOf(ENCODING), 'encryption-cipher': bytesOf(CIPHER), 'encryption-key-id': bytesOf(keys[0].id) };
    return { metadata, data: Buffer.concat([iv, new Uint8Array(sealed)]) };
  };

  const decrypt = async (payload: Payload): Promise<Payload> => {
    if (textOf(payload.metadata?.['encoding']) !== ENCODING) return payload;
    const data = Uint8Array.from(payload.data ?? []);
    const algorithm = { name: 'AES-GCM', iv: data.subarray(0, IV_BYTES) };
    const key = await keyOf(textOf(payload.metadata?.['encryption-key-id']));
    return PayloadProto.decode(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, data.subarray(IV_BYTES))));
  };

  return { encode: payloads => Promise.all(payloads.map(encrypt)), decode: payloads => Promise.all(payloads.map(decrypt)) };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | null | undefined): string => (bytes ? new TextDecoder().decode(bytes) : '');
