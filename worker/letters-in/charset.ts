// Bytes of a letter that do not say their charset, or say a wrong one, as text: Russian mail programs still write raw KOI8-R and windows-1251. Called by
// repair.ts.

/** Names that programs write for a charset and that TextDecoder does not know. */
const LABELS: Readonly<Record<string, string>> = {
  'win-1251': 'windows-1251',
  win1251: 'windows-1251',
  windows1251: 'windows-1251',
  'cp-1251': 'windows-1251',
  'windows-cp1251': 'windows-1251',
  koi8r: 'koi8-r',
  'koi-8': 'koi8-r',
  'cp-866': 'ibm866',
  utf8: 'utf-8',
};

/** The name that a decoder knows. */
export const charsetOf = (label: string): string => LABELS[label.toLowerCase()] ?? label.toLowerCase();

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** UTF-8 when it is that, otherwise by the label, otherwise the charset in which it looks most like Russian. */
export function textOf(bytes: Uint8Array, label: string | null): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  return decoderOf(label === null ? guessed(bytes) : charsetOf(label), bytes).decode(bytes);
}

function decoderOf(charset: string, bytes: Uint8Array): TextDecoder {
  try {
    if (charset !== 'utf-8' && charset !== 'us-ascii') return new TextDecoder(charset);
  } catch {
    // A name that nobody knows: guessed below.
  }
  return new TextDecoder(guessed(bytes));
}

const CANDIDATES = ['windows-1251', 'koi8-r', 'ibm866'] as const;
const SAMPLE_BYTES = 4096;

/** The charset of Russian text without a label. */
export function guessed(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const scored = CANDIDATES.map(charset => ({ charset, score: scoreOf(new TextDecoder(charset).decode(sample)) }));
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).charset;
}

/** Frequent small letters count most. Capitals inside a word and signs that no Russian text has count against it. */
function scoreOf(text: string): number {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return 2 * count(/[оеаинтсрвлкмдпуя]/g) + count(/[а-яё]/g) - 3 * count(/(?<=\p{L})[А-ЯЁ]/gu) - 3 * count(/[^\s\p{L}\d!-~№«»—–…]/gu);
}
