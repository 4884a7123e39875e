// What may be printed of what was typed: composed characters that the typeface has, nothing invisible. A glyph that is missing is a hole in the paper
// and a breach of PDF/A, so each character that the face lacks has a substitute. paper.ts asks for every text.

export type HasGlyph = (codePoint: number) => boolean;

// Controls except the line break, joiners, directions, soft hyphens, private characters and variation selectors: nothing of them is seen.
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]|\p{Variation_Selector}|\p{Emoji_Modifier}/gu;
const LATIN_LIGATURES = /[\ufb00-\ufb06]/g;
// Spaces of other widths extract as nothing, and then two words are found as one.
const SPACES = /[\t\u2000-\u2006\u2008-\u200a\u205f\u3000]/g;
const FIXED_SPACES = /[\u2007\u202f]/g;
const MARK = /^\p{M}$/u;

const SUBSTITUTES: Readonly<Record<string, string>> = {
  '\u2011': '-',
  '←': '<-',
  '→': '->',
  '↑': 'выше',
  '↓': 'ниже',
  '☐': '[ ]',
  '☑': '[x]',
};
const UNKNOWN = '?';

// Spaces at which a line must not break: after a number, after a one-letter word, before a dash. They are read and found as plain spaces.
const GLUE = /(?<=\d) (?=[\p{L}%°])|(?<=(?:^|[\s(«])[авикосуяАВИКОСУЯ]) (?=\S)| (?=—)/gmu;

export function printable(text: string, hasGlyph: HasGlyph): string {
  const composed = text
    .normalize('NFC')
    .replace(LATIN_LIGATURES, ligature => ligature.normalize('NFKC'))
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(SPACES, ' ')
    .replace(FIXED_SPACES, '\u00a0')
    .replace(INVISIBLE, '')
    .replace(GLUE, '\u00a0');
  return [...composed].map(character => drawable(character, hasGlyph)).join('');
}

/** A mark that the face lacks is dropped, its letter stays; anything else becomes what it stands for, or a question mark. */
function drawable(character: string, hasGlyph: HasGlyph): string {
  const has = (text: string) => [...text].every(one => hasGlyph(one.codePointAt(0) ?? 0));
  if (character === '\n' || has(character)) return character;
  const substitute = SUBSTITUTES[character] ?? character.normalize('NFKC');
  if (has(substitute)) return substitute;
  return MARK.test(character) ? '' : UNKNOWN;
}
