// What the owner decides about claims: the clinic's requisites on applications, the address they are mailed to, and the limits of decisions. Each is a
// row with the instant from which it holds (worker/data/clinic-settings.ts).

export const REQUISITES = ['inn', 'ogrn', 'head', 'claimsAddress', 'bank'] as const;
export const CLAIM_LIMITS = ['claimSecondAboveMinor', 'claimTogetherMinutes'] as const;
export const SETTING_KEYS = [...REQUISITES, ...CLAIM_LIMITS] as const;
export type SettingKey = (typeof SETTING_KEYS)[number];

/** The settings in force at an instant. */
export interface ClaimSettings {
  readonly inn: string;
  readonly ogrn: string;
  /** Position and name: «Генеральный директор Примерова Вера Павловна». */
  readonly head: string;
  /** Without a token. */
  readonly claimsAddress: string;
  readonly bank: string;
  /** A person's decision above this sum needs a second person. The trigger claim_decision_by_another has the same default. */
  readonly claimSecondAboveMinor: number;
  /** Both together for less than this, and the fault not the patient's: the rule grants the claim by itself. */
  readonly claimTogetherMinutes: number;
}

/** For a clinic that has not yet entered its own: the demo clinic, of a region and a tax office that do not exist. */
export const DEFAULT_SETTINGS: ClaimSettings = {
  inn: '0000012341',
  ogrn: '1260000000017',
  head: 'Генеральный директор Показова Вера Павловна',
  claimsAddress: 'zayavlenie@clinic.example',
  bank: 'р/с 40702810000000000000 в Банке «Пример», БИК 000000000',
  claimSecondAboveMinor: 1_000_000,
  claimTogetherMinutes: 5,
};

/** «zayavlenie+TOKEN@clinic.example»: a letter to it belongs to the claim with this token. */
export const claimAddress = (claimsAddress: string, token: string): string => claimsAddress.replace(/@(?=[^@]*$)/, `+${token}@`);

const digitsOf = (text: string): number[] => [...text].map(Number);
const weighed = (digits: readonly number[], weights: readonly number[]): number =>
  (weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0) % 11) % 10;

const TEN = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const ELEVEN = [7, ...TEN];
const TWELVE = [3, ...ELEVEN];

/** ИНН of an organisation (10 digits) or a sole trader (12), with right control digits. */
export function isInn(text: string): boolean {
  if (!/^(\d{10}|\d{12})$/.test(text)) return false;
  const digits = digitsOf(text);
  return digits.length === 10
    ? weighed(digits, TEN) === digits[9]
    : weighed(digits, ELEVEN) === digits[10] && weighed(digits, TWELVE) === digits[11];
}

/** ОГРН (13 digits) or ОГРНИП (15), with a right control digit: the last digit of the remainder by 11 or by 13. */
export function isOgrn(text: string): boolean {
  if (!/^(\d{13}|\d{15})$/.test(text)) return false;
  const by = text.length === 13 ? 11n : 13n;
  return Number((BigInt(text.slice(0, -1)) % by) % 10n) === Number(text.at(-1));
}

/** One entry of the history. `by` is null for what the installation has entered. */
export interface SettingChange {
  readonly id: number;
  readonly key: SettingKey;
  readonly value: string;
  readonly since: number;
  readonly at: number;
  readonly by: string | null;
}
