// The tokens of a PDF (ISO 32000, 7.2 and 7.3). Called by pdf-contents.ts.

const TOKEN = /[\0\t\n\f\r ]+|%[^\r\n]*|\/[^\0\t\n\f\r ()<>[\]{}/%]*|<<|>>|[[\]]|<[\0\t\n\f\r \dA-Fa-f]*>|\(|[-+.\d]+|[A-Za-z]+/y;

export const SKIPPED = '%\0\t\n\f\r ';

/** The token at `from`; null where there is none of a PDF, or a text without an end. */
export function tokenAt(text: string, from: number): string | null {
  TOKEN.lastIndex = from;
  const token = TOKEN.exec(text)?.[0] ?? null;
  return token === '(' ? stringAt(text, from) : token;
}

function stringAt(text: string, from: number): string | null {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '\\') at += 1;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    if (depth === 0) return text.slice(from, at + 1);
  }
  return null;
}

/** A name may be written with #xx for any of its letters. */
export const nameOf = (token: string): string =>
  !token.includes('#') ? token : token.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Without comments; a text is one word. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at) ?? text.slice(at);
    at += token.length;
    if (!SKIPPED.includes(token.charAt(0))) words.push(nameOf(token));
  }
  return words;
}
