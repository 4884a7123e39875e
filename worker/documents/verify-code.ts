// The code for verifying a signed protocol: 26 characters of Crockford's base32 (crockford.com/base32.html), 130 random bits, so it cannot
// be guessed. Made on signing (worker/data/protocols.ts), printed in groups, and parsed by «/verify».

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 26;
const FORM = new RegExp(`^[${ALPHABET}]{${CHARACTERS}}$`);

export const newVerifyCode = (): string =>
  // 256 is a multiple of 32, so every character is equally likely.
  [...crypto.getRandomValues(new Uint8Array(CHARACTERS))].map(byte => ALPHABET.charAt(byte % ALPHABET.length)).join('');

/** «7QK42-M92ML-…»: a code as printed, in groups of five characters; the last group has six. */
export const groupedCode = (code: string): string => code.replace(/(.{5})(?=.{5})/g, '$1-');

/** Parses a typed code: groups and case are ignored, O is 0, I and L are 1, as in Crockford's base32. Null when it is not a code. */
export function verifyCodeIn(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return FORM.test(code) ? code : null;
}
