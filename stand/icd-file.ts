// Parses a file of МКБ-10 strictly: one code and its title per line. Called by stand/icd.ts, which loads the codes and reports the skipped
// lines.

export interface IcdFile {
  readonly codes: readonly { readonly code: string; readonly title: string }[];
  readonly skipped: readonly { readonly line: number; readonly why: string }[];
}

/** A letter, two digits, and up to two more after a point. The daggers and asterisks of the classification are not part of a code. */
const CODE = /^[A-Z]\d{2}(\.\d{1,2})?$/;

/** When a code occurs twice, the later line counts. Blocks such as A00-B99 and headings are skipped. */
export function parseIcd(text: string): IcdFile {
  const codes = new Map<string, string>();
  const skipped: { line: number; why: string }[] = [];
  for (const [i, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (raw.trim() === '') continue;
    const [code = '', title = ''] = columnsOf(raw);
    const plain = code
      .trim()
      .toUpperCase()
      .replace(/[†*+]$/, '');
    if (!CODE.test(plain)) skipped.push({ line: i + 1, why: `«${code.trim().slice(0, 20)}» is no code` });
    else if (title.trim() === '') skipped.push({ line: i + 1, why: `${plain} has no title` });
    else codes.set(plain, title.trim().replaceAll(/\s+/g, ' '));
  }
  return { codes: [...codes].map(([code, title]) => ({ code, title })), skipped };
}

/** The separator is a tab, a semicolon or a comma, whichever comes first outside quotes; a quoted title may contain any of them. */
function columnsOf(line: string): string[] {
  const separator = /[\t;,]/.exec(line.replace(/^"[^"]*"/, quoted => '_'.repeat(quoted.length)));
  if (separator === null) return [line];
  const unquoted = (text: string) =>
    text
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"');
  const rest = line.slice(separator.index + 1);
  const quoted = /^\s*"(?:[^"]|"")*"/.exec(rest)?.[0];
  return [
    unquoted(line.slice(0, separator.index)),
    unquoted(quoted ?? (separator[0] === ',' ? rest : (rest.split(separator[0])[0] ?? ''))),
  ];
}
