// Bank details of a claim whose money cannot go back the way it came: checked by the control sums of the Bank of Russia, shown by the last four digits.
// Called by the form.

export interface ClaimAccount {
  readonly holder: string;
  readonly bank: string;
  /** 9 digits. */
  readonly bic: string;
  /** The correspondent account of the bank, 20 digits. */
  readonly corr: string;
  /** 20 digits. */
  readonly account: string;
}

export const isBic = (text: string): boolean => /^\d{9}$/.test(text);

const WEIGHTS = [7, 1, 3];

const isDivided = (digits: string): boolean =>
  [...digits].reduce((sum, digit, i) => sum + ((Number(digit) * (WEIGHTS[i % 3] ?? 0)) % 10), 0) % 10 === 0;

/** The key of an account in a bank: its digits behind the last three of the bank's BIC, weighed 7-1-3 (Bank of Russia, order 515 of 8 September 1997). */
export const isAccountOf = (account: string, bic: string): boolean => /^\d{20}$/.test(account) && isDivided(bic.slice(-3) + account);

/** The correspondent account: it ends as the BIC does, and its key stands behind 0 and the digits 5 and 6 of the BIC. */
export const isCorrOf = (corr: string, bic: string): boolean =>
  /^301\d{17}$/.test(corr) && corr.slice(-3) === bic.slice(-3) && isDivided(`0${bic.slice(4, 6)}${corr}`);

/** Digits as people group them, without the spaces. */
export const digitsIn = (text: string): string => text.replace(/[\s\u00a0\u202f-]/g, '');
