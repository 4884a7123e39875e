// The code by which anybody checks a signed protocol: 26 characters of Crockford's base32, 130 random bits, so that nobody finds one by trying.
// The signing route asks for a new one, the paper prints it in groups, «/verify» takes back what was typed or scanned.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 26;
const FORM = new RegExp(`^[${ALPHABET}]{${CHARACTERS}}$`);

export const newVerifyCode = (): string =>
  // 256 is a multiple of 32: every character is equally likely.
  [...crypto.getRandomValues(new Uint8Array(CHARACTERS))].map(byte => ALPHABET.charAt(byte % ALPHABET.length)).join('');

/** «7QK42-M92ML-…»: how a code is printed, five characters a group and the odd one with the last. */
export const groupedCode = (code: string): string => code.replace(/(.{5})(?=.{5})/g, '$1-');

/** The code in what somebody typed: groups and case do not matter, O is 0, I and L are 1, as Crockford has it. Null when it is no code. */
export function verifyCodeIn(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return FORM.test(code) ? code : null;
}
