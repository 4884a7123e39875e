// What the typeface cannot print: said before signing, and printed as something that can be read.
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faceOf } from '../../worker/documents/typeface.ts';
import { isInTypeface, printable, printedPlain, unprintable } from '../../workflows/rules/lettering.ts';
import { EMPTY_DRAFT, flawsOf } from '../../workflows/rules/protocol-draft.ts';
import { openPress } from './print-shop.ts';
import { CONTENT, SHORT } from './protocols.ts';
import { read } from './reader.ts';

const face = (weight: string) =>
  faceOf(
    readFileSync(join(import.meta.dirname, `../../node_modules/@expo-google-fonts/ibm-plex-sans/${weight}/IBMPlexSans_${weight}.ttf`)),
  );

test('the list of glyphs is that of both weights', () => {
  const [regular, bold] = [face('400Regular'), face('700Bold')];
  const wrong = Array.from({ length: 0x11000 }, (_, code) => code).filter(
    code => isInTypeface(code) !== (regular.hasGlyphForCodePoint(code) && bold.hasGlyphForCodePoint(code)),
  );

  expect(wrong).toEqual([]);
});

describe('signs of a protocol', () => {
  test.each([
    ['♀ 34 года, ∅ 5 мм, ✔ выполнено, ∼ 2 нед.', 'жен. 34 года, Ø 5 мм, ✓ выполнено, ~ 2 нед.'],
    ['Ӄавав Ӈау Ԓыгъор', 'Кавав Нау Лыгъор'],
  ])('«%s» is printed as «%s»', (typed, read) => {
    expect(printable(typed, isInTypeface).replaceAll('\u00a0', ' ')).toBe(read);
    expect(unprintable(typed)).toEqual([]);
  });

  test('have ink under every letter, a name of the North included', async () => {
    const press = await openPress();
    const bytes = await press.printProtocol({
      ...SHORT,
      patient: { ...SHORT.patient, name: 'Ӄергытваль Ӈаут Ԓыгъоравовна' },
      content: { ...CONTENT, conclusion: '♀ ∅ ✔ ∼' },
    });
    const { sheets } = await read(bytes);

    expect(sheets.map(({ blank }) => blank).join('')).toBe('');
    const text = sheets.map(sheet => sheet.text.replace(/[\s\u00a0]+/g, ' ')).join(' ');
    expect(text).toContain('Кергытваль Наут Лыгъоравовна');
    expect(text).toContain('жен. Ø ✓ ~');
    expect(text).not.toContain('?');
  });

  test('that cannot be printed at all stop the signature, named with their field', () => {
    const draft = { ...EMPTY_DRAFT, content: { ...CONTENT, conclusion: 'Отдых 🏖 и 漢字?' } };

    expect(flawsOf(draft, { guard: { kind: 'locked' }, round: 1, isListed: true })).toEqual([
      { field: 'conclusion', kind: 'unprintable', signs: '🏖 漢 字' },
    ]);
  });

  test('letters that lose their tails are named', () => {
    expect(printedPlain('Ӄавав и ӄавав')).toEqual(['Ӄ', 'ӄ']);
    expect(printedPlain('Ёлкин')).toEqual([]);
  });
});
