// The signature inside the PDF, made by the stand's service and checked by OpenSSL: it covers the whole file except itself, and any change
// makes it invalid.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { serveSigner } from '../../stand/signer/signer.ts';
import { signingService } from '../../worker/providers/signature/signing-service.ts';
import { MAKETOVA } from '../cast.ts';
import { opensslOf } from '../providers/openssl.ts';
import { openPress, type Press } from './print-shop.ts';
import { LONG } from './protocols.ts';
import { read } from './reader.ts';
import { sealed } from './sealed.ts';

let press: Press;
let stand: Awaited<ReturnType<typeof serveSigner>>;
let authority: string;
let pdf: Buffer;

beforeAll(async () => {
  press = await openPress();
  stand = await serveSigner({ port: 0, apiKey: 'a-key-of-the-tests' });
  authority = await (await fetch(`${stand.url}/ca.pem`)).text();
  pdf = Buffer.from(
    await sealed(press, signingService({ apiUrl: `${stand.url}/csc/v2`, apiKey: 'a-key-of-the-tests' }), LONG, MAKETOVA.doctorId),
  );
});
afterAll(() => stand?.close());

/** Reads the signature as any PDF reader does: by the file's own ByteRange and Contents. */
function signatureIn(file: Buffer): { cms: Buffer; covered: Buffer; isWhole: boolean } {
  const text = file.toString('latin1');
  const [, a = 0, b = 0, c = 0, d = 0] = (/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(text) ?? []).map(Number);
  const hex = text.slice(a + b + 1, c - 1);
  const cms = Buffer.from(hex, 'hex');
  // DER contains its own length; the rest of the space is padding.
  const length = 4 + cms.readUInt16BE(2);
  return {
    cms: cms.subarray(0, length),
    covered: Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)]),
    isWhole: a === 0 && c + d === file.length && text[b] === '<' && text[c - 1] === '>',
  };
}

test('OpenSSL verifies it over the whole file', () => {
  const { cms, covered, isWhole } = signatureIn(pdf);

  expect(isWhole).toBe(true);
  expect(opensslOf(cms, covered, authority)).toBe('verified');
});

test('one changed byte of what it covers breaks it', () => {
  for (const at of [100, 2_000, pdf.length - 10]) {
    const forged = Buffer.from(pdf);
    forged.writeUInt8((forged[at] ?? 0) ^ 1, at);
    const { cms, covered } = signatureIn(forged);
    expect(opensslOf(cms, covered, authority)).toMatch(/digest|verification failure/i);
  }
});

test('another authority does not vouch for it', async () => {
  const other = await serveSigner({ port: 0, apiKey: 'a-key-of-the-tests' });
  onTestFinished(() => other.close());
  const { cms, covered } = signatureIn(pdf);

  expect(opensslOf(cms, covered, await (await fetch(`${other.url}/ca.pem`)).text())).toMatch(/certificate|issuer/i);
});

test('the paper names the certificate, and is still small', async () => {
  const { sheets } = await read(pdf);
  const text = sheets.map(sheet => sheet.text).join(' ');

  expect(text).toContain('Подписан усиленной квалифицированной электронной подписью');
  expect(text).toContain('Владелец сертификата: Макетова Дарья');
  expect(sheets.map(({ blank }) => blank).join('')).toBe('');
  expect(pdf.length).toBeLessThanOrEqual(100_000);
});
