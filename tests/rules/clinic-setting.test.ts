// Requisites are checked by their own control digits, as tax offices and banks check them.
import { describe, expect, test } from 'vitest';
import { claimAddress, DEFAULT_SETTINGS, isInn, isOgrn } from '../../workflows/rules/clinic-setting.ts';

// Published by the tax service and the Bank of Russia about themselves, and numbers of a region that does not exist.
const INN = ['7707329152', '7702235133', '0000012341', '500100732259'];
const OGRN = ['1047707030513', '1037700013020', '1260000000017', '304500116000157'];

describe('ИНН', () => {
  test.each(INN)('%s has right control digits', inn => expect(isInn(inn)).toBe(true));

  test.each(INN)('another last digit of %s is found', inn =>
    expect(isInn(inn.slice(0, -1) + String((Number(inn.at(-1)) + 1) % 10))).toBe(false),
  );
  test.each(['', '770732915', '77073291520', '77073A9152', '７７０７３２９１５２'])('«%s» is none', inn => expect(isInn(inn)).toBe(false));
});

describe('ОГРН', () => {
  test.each(OGRN)('%s has a right control digit', ogrn => expect(isOgrn(ogrn)).toBe(true));
  test.each(OGRN)('another last digit of %s is found', ogrn =>
    expect(isOgrn(ogrn.slice(0, -1) + String((Number(ogrn.at(-1)) + 1) % 10))).toBe(false),
  );
  test.each(['', '104770703051', '10477070305133', '1047707O30513'])('«%s» is none', ogrn => expect(isOgrn(ogrn)).toBe(false));
});

test('the demo clinic’s requisites pass the checks that the owner’s own have to pass', () => {
  expect([isInn(DEFAULT_SETTINGS.inn), isOgrn(DEFAULT_SETTINGS.ogrn)]).toEqual([true, true]);
});

test('the address of a claim has its token before the last @', () => {
  expect(claimAddress('zayavlenie@clinic.example', 'abc')).toBe('zayavlenie+abc@clinic.example');
});
