// Prepares typed text for print: composed characters that the typeface has, no invisible ones. A missing glyph would leave a gap and break
// PDF/A, so every character without a glyph is substituted. worker/documents/paper.ts prints with it; before signing, the editor names what would
// come out otherwise than typed (protocol-draft.ts).

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
  '♀': 'жен.',
  '♂': 'муж.',
  '∅': 'Ø',
  '✔': '✓',
  '✅': '✓',
  '✗': 'x',
  '✘': 'x',
  '∼': '~',
  '●': '•',
  '▪': '•',
  '−': '-',
  '\u2011': '-',
  '←': '<-',
  '→': '->',
  '↑': 'выше',
  '↓': 'ниже',
  '☐': '[ ]',
  '☑': '[x]',
};
const UNKNOWN = '?';

/** Letters of other languages of Russia that the typeface lacks: printed without their tails, and said so before signing. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ӃКӄкӅЛӆлӇНӈнӉНӊнӋЧӌчӍМӎмӚӘӛәӪӨӫөӬЭӭэӺГӻгӼХӽхӾХӿхҊЙҋйҎРҏрԒЛԓлԔЛԕлԞКԟкԠЛԡлԢНԣнԨНԩнԪДԫдԮЛԯл'.matchAll(/(.)(.)/gu)].map(
    ([, letter = '', plain = '']) => [letter, plain],
  ),
);

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
  const substitute = SUBSTITUTES[character] ?? PLAIN_LETTERS[character] ?? character.normalize('NFKC');
  if (has(substitute)) return substitute;
  return MARK.test(character) ? '' : UNKNOWN;
}

/** The code points of IBM Plex Sans, regular and bold; tests/documents/lettering.test.ts compares them with the typeface. */
const GLYPHS =
  '20-7e a0-17f 18f 192 1a0-1a1 1af-1b0 1cd-1dc 1fa-1ff 218-21b 237 259 2bb-2bc 2c6-2c7 2d8-2dd 300-304 306-30c 312 315 31b 323 326-328 37e 384-38a 38c 38e-3a1 3a3-3ce 400-45f 462-463 46a-46b 472-475 490-4c2 4cf-4d9 4dc-4e9 4ee-4f9 524-525 e3f 1e80-1e85 1e9e 1ea0-1ef9 2000-200d 2010-2015 2018-201a 201c-201e 2020-2022 2026 2028-2029 202f-2030 2032-2033 2039-203a 2044 2070 2074-2079 2080-2089 20a1 20a4 20a6 20a8-20ae 20b1-20b2 20b4-20b5 20b8-20ba 20bd 20bf 2113 2116 2122 2126 212e 2150-2151 2153-215e 2190-2199 21a9-21aa 21b0-21b3 21b6-21b7 21ba-21bb 21c4 21c6 2202 2206 220f 2211-2212 2215 2219-221a 221e 222b 2236 2248 2260 2264-2265 25ca 2713 274c 2b0e-2b11 ece0 efcc fb01-fb02 feff fffd'
    .split(' ')
    .map(range => range.split('-').map(code => Number.parseInt(code, 16)));

export const isInTypeface: HasGlyph = codePoint => GLYPHS.some(([first = 0, last = first]) => first <= codePoint && codePoint <= last);

/** Signs of a text that would be printed as a question mark, each once. */
export const unprintable = (text: string): string[] => [
  ...new Set([...text.normalize('NFC')].filter(sign => sign !== UNKNOWN && printable(sign, isInTypeface) === UNKNOWN)),
];

/** Letters of a text that are printed without their tails, each once. */
export const printedPlain = (text: string): string[] => [...new Set([...text.normalize('NFC')].filter(letter => letter in PLAIN_LETTERS))];
