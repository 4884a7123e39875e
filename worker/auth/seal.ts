// Encrypts small texts (SNILS, cookies that only the server reads) with AES-256-GCM under DATA_KEYS; the key's id is part of the text. Also
// the hash and the random token that sessions and passes use.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface Sealer {
  seal(text: string, about: string): Promise<string>;
  /** Null when the text was not sealed by us for the same purpose. */
  open(sealed: string, about: string): Promise<string | null>;
}

/** `ring` is id:base64,id:base64; the first key seals, all open. `about` binds a text to its purpose. Throws without a key. */
export function sealer(ring: string): Sealer {
  const keys = ring.split(',').map(part => {
    const [id = '', base64 = ''] = part.split(/:(.*)/s);
    const key = crypto.subtle.importKey('raw', bytesOf(base64).slice(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt']);
    return { id, key };
  });
  const first = keys[0];
  if (!first) throw new Error('DATA_KEYS holds no key.');

  return {
    async seal(text, about) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const body = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: encoder.encode(about) },
        await first.key,
        encoder.encode(text),
      );
      return `${first.id}.${base64url(iv)}.${base64url(new Uint8Array(body))}`;
    },
    async open(sealed, about) {
      const [id, iv, body] = sealed.split('.');
      const key = keys.find(k => k.id === id);
      if (!key || !iv || !body) return null;
      try {
        const opened = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: bytesOf(iv), additionalData: encoder.encode(about) },
          await key.key,
          bytesOf(body),
        );
        return decoder.decode(opened);
      } catch {
        return null;
      }
    },
  };
}

export const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), character => character.charCodeAt(0));

/** SHA-256 as hex. */
export async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** 256 random bits, base64url. */
export const randomToken = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));
