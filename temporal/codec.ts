// Encrypts every payload before it is sent to the Temporal server, so that histories and the console contain no readable data. The client,
// the worker and the codec routes use the same codec; reading needs CODEC_KEYS.
import { type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import type { SerializationContext } from '@temporalio/common/lib/converter/serialization-context.js';
import proto from '@temporalio/proto';

interface CodecKey {
  readonly id: string;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** The first key encrypts; all keys decrypt. */
export type CodecKeys = readonly [CodecKey, ...CodecKey[]];

const ENCODING = 'binary/encrypted';
/** The authenticated data are the key's id and the workflow's id, both in the metadata. */
const CIPHER = 'AES-256-GCM; aad=key,workflow';
const IV_BYTES = 12;
const PayloadProto = proto.temporal.api.common.v1.Payload;

/** Parses `CODEC_KEYS`, for example `c1:base64`, 32 bytes each. Throws an Error with one sentence when the text is malformed. */
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

/**
 * Encrypts whole payloads, including their metadata, and binds each to its key and its workflow. Decoding throws a ValueError when a payload is not
 * encrypted, its key is unknown, it was changed, or it belongs to another workflow than the one that reads it.
 */
export function codecOf(keys: CodecKeys): PayloadCodec {
  const imported = new Map(keys.map(key => [key.id, crypto.subtle.importKey('raw', key.secret, 'AES-GCM', false, ['encrypt', 'decrypt'])]));
  const keyOf = (id: string) => {
    const key = imported.get(id);
    if (key === undefined) throw new ValueError(`The payload is encrypted with the key ${id}, which is not among CODEC_KEYS.`);
    return key;
  };

  const encrypt = async (payload: Payload, workflowId: string): Promise<Payload> => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = Uint8Array.from(PayloadProto.encode(payload).finish());
    const additionalData = boundTo(keys[0].id, workflowId);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, await keyOf(keys[0].id), plain);
    const metadata = {
      encoding: bytesOf(ENCODING),
      'encryption-cipher': bytesOf(CIPHER),
      'encryption-key-id': bytesOf(keys[0].id),
      'encryption-workflow-id': bytesOf(workflowId),
    };
    return { metadata, data: Buffer.concat([iv, new Uint8Array(sealed)]) };
  };

  const decrypt = async (payload: Payload, reader: string | null): Promise<Payload> => {
    if (!isEncrypted(payload)) throw new ValueError('The payload is not encrypted, so nobody knows who wrote it.');
    const workflowId = textOf(payload.metadata?.['encryption-workflow-id']);
    if (reader !== null && reader !== workflowId) throw new ValueError(`The payload belongs to ${workflowId}, not to ${reader}.`);
    const keyId = textOf(payload.metadata?.['encryption-key-id']);
    const data = Uint8Array.from(payload.data ?? []);
    const algorithm = { name: 'AES-GCM', iv: data.subarray(0, IV_BYTES), additionalData: boundTo(keyId, workflowId) };
    const key = await keyOf(keyId);
    return PayloadProto.decode(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, data.subarray(IV_BYTES))));
  };

  return {
    encode: (payloads, context) => Promise.all(payloads.map(payload => encrypt(payload, workflowOf(context) ?? ''))),
    decode: (payloads, context) => Promise.all(payloads.map(payload => decrypt(payload, workflowOf(context)))),
  };
}

export const isEncrypted = (payload: Payload): boolean => textOf(payload.metadata?.['encoding']) === ENCODING;

/** The console decodes without a context. */
const workflowOf = (context: SerializationContext | undefined): string | null => context?.workflowId ?? null;

const boundTo = (keyId: string, workflowId: string) => Uint8Array.from(bytesOf(JSON.stringify([CIPHER, keyId, workflowId])));

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | null | undefined): string => (bytes ? new TextDecoder().decode(bytes) : '');
