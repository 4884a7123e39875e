// The code by which anybody checks a signed protocol: 26 characters of Crockford's base32, 130 random bits, so that nobody finds one by trying.
// The signing route asks.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 26;

export const newVerifyCode = (): string =>
  // 256 is a multiple of 32: every character is equally likely.
  [...crypto.getRandomValues(new Uint8Array(CHARACTERS))].map(byte => ALPHABET.charAt(byte % ALPHABET.length)).join('');
