// Prepares typed text for print: composed characters that the typeface has, no invisible ones. A missing glyph would leave a gap and break
// PDF/A, so every character without a glyph is substituted. paper.ts calls it for every text.

export type HasGlyph = (codePoint: number) => boolean;

// Invisible characters: controls except the line break, joiners, direction marks, soft hyphens, private-use characters, variation
// selectors.
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]|\p{Variation_Selector}|\p{Emoji_Modifier}/gu;
const LATIN_LIGATURES = /[\ufb00-\ufb06]/g;
// Spaces of other widths are lost in text extraction, which would join two words.
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

// Spaces where a line must not break: after a number, after a one-letter word, before a dash. They are extracted as normal spaces
// (typeface.ts).
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

/** A combining mark without a glyph is dropped and its letter kept; any other character becomes its substitute or a question mark. */
function drawable(character: string, hasGlyph: HasGlyph): string {
  const has = (text: string) => [...text].every(one => hasGlyph(one.codePointAt(0) ?? 0));
  if (character === '\n' || has(character)) return character;
  const substitute = SUBSTITUTES[character] ?? character.normalize('NFKC');
  if (has(substitute)) return substitute;
  return MARK.test(character) ? '' : UNKNOWN;
}
