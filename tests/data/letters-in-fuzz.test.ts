// Whatever bytes come as a letter, it is kept, it is judged or waits for a person, and nothing breaks: letters of all kinds with bytes changed, lines cut, doubled
// and exchanged, and pictures and PDFs damaged. A failure prints its seed.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { LETTER_WHYS, machineOf, PART_VERDICTS } from '../../workflows/rules/letter-in.ts';
import { openLetter } from '../../worker/letters-in/open.ts';
import { judgePart } from '../../worker/letters-in/parts.ts';
import { decodedFile, skeletonOf } from '../../worker/letters-in/skeleton.ts';
import { repaired } from '../../worker/letters-in/repair.ts';
import { TOMORROW_14_30 } from '../cast.ts';
import { meeting } from '../routes/meeting.ts';
import { became, letterPorts, streamOf, takes } from '../routes/letters-in.ts';
import { attached, bytesOf, HEIC, inCharset, jpeg, letter, multipart, PDF, plain, TNEF, utf8, withPhotos, word } from '../routes/mime.ts';
import { judgeLetters } from '../../worker/letters-in/judge.ts';
import { Product } from '../routes/product.ts';
import { claimed } from './claimed.ts';
import { bindings, freshClinic } from './d1.ts';

/** Put the seed of a failure here to repeat it. */
const SEED: number | null = null;
const seed = SEED ?? Date.now() % 1_000_000;

let product: Product;

beforeAll(async () => {
  await freshClinic();
  product = new Product();
  await claimed(await meeting(TOMORROW_14_30));
});

const SMALL = { more: 300 };
const LETTERS: readonly string[] = [
  withPhotos({}, [jpeg(1, SMALL), jpeg(2, SMALL)]),
  withPhotos({ subject: inCharset('Заявление', 'koi8-r') }, [jpeg(3, SMALL)]),
  letter({ subject: word('Заявление'), body: plain(inCharset('Добрый день', 'windows-1251'), 'text/plain') }),
  letter({
    body: multipart(
      [
        multipart([plain(utf8('Привет')), plain('<img src="cid:a@b">', 'text/html')], 'alternative'),
        attached(jpeg(4, SMALL), { head: ['Content-ID: <a@b>'] }),
      ],
      'related',
    ),
  }),
  letter({ body: multipart([plain('fwd'), `Content-Type: message/rfc822\r\n\r\n${withPhotos({}, [jpeg(5, SMALL)])}`]) }),
  letter({ body: multipart([attached(HEIC.slice(0, 400)), attached(TNEF.slice(0, 400)), attached(PDF, { name: 'a.pdf' })]) }),
  letter({
    from: 'MAILER-DAEMON@x.example',
    body: multipart(
      ['Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n', 'Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <a@b>\r\n'],
      'report; report-type=delivery-status',
      'report',
    ),
  }),
  letter({
    body: 'Content-Type: text/plain; format=flowed; delsp=yes\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=D0=9F=\r\n=D1\r\n',
  }),
];

const BYTES = fc.uint8Array({ maxLength: 12 }).map(bytes => String.fromCharCode(...bytes));
const PIECES = fc.constantFrom(
  '--b-mixed',
  '--b-mixed--',
  '\r\n\r\n',
  '=?UTF-8?B?',
  '?=',
  'Content-Type: multipart/mixed; boundary="b-mixed"',
  'charset=win-1251',
  'boundary=""',
  '\0',
  '"',
  '<',
  ':',
  ';',
  'From: a@b.example, c@d.example',
  'Content-Transfer-Encoding: base64',
);

/** Changes of a letter, each at a place between its beginning (0) and its end (1). */
const CHANGE = fc.record({
  kind: fc.constantFrom('replace', 'insert', 'cut', 'double', 'end', 'swap'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  piece: fc.oneof(BYTES, PIECES),
});

function changed(raw: string, { kind, at, to, piece }: { kind: string; at: number; to: number; piece: string }): string {
  const from = Math.floor(at * raw.length);
  const length = Math.floor(to * 200);
  if (kind === 'replace') return raw.slice(0, from) + piece + raw.slice(from + piece.length);
  if (kind === 'insert') return raw.slice(0, from) + piece + raw.slice(from);
  if (kind === 'cut') return raw.slice(0, from) + raw.slice(from + length);
  if (kind === 'double') return raw.slice(0, from) + raw.slice(from, from + length).repeat(3) + raw.slice(from + length);
  if (kind === 'end') return raw.slice(0, from + 1);
  const lines = raw.split('\r\n');
  const [a, b] = [Math.floor(at * (lines.length - 1)), Math.floor(to * (lines.length - 1))];
  [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return lines.join('\r\n');
}

const CHANGED = fc
  .tuple(fc.constantFrom(...LETTERS), fc.array(CHANGE, { minLength: 1, maxLength: 6 }))
  .map(([raw, changes]) => changes.reduce(changed, raw));
const NOISE = fc.uint8Array({ minLength: 1, maxLength: 2000 }).map(bytes => String.fromCharCode(...bytes));

test('changed letters and noise are opened or not, and nothing is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 6, arbitrary: CHANGED }, { weight: 1, arbitrary: NOISE }), async raw => {
      const bytes = bytesOf(raw);
      expect(repaired(bytes).length).toBeLessThan(bytes.length * 8 + 200);
      const open = await openLetter(bytes);
      if (open === null) return;
      machineOf(open.headers, { envelopeFrom: '', sender: open.sender, ours: [] });
      for (const part of open.parts) expect(['candidate', ...PART_VERDICTS]).toContain(judgePart(part, part.content).verdict);
    }),
    { seed, numRuns: 1500 },
  );
});

test('a large letter that was changed is cut and put together again, or not, and nothing is thrown', async () => {
  const large = withPhotos({}, [jpeg(1, { more: 60_000 }), jpeg(2, { more: 50_000 })]);
  await fc.assert(
    fc.asyncProperty(fc.array(CHANGE, { maxLength: 6 }), async changes => {
      const bytes = bytesOf(changes.reduce(changed, large));
      const skeleton = await skeletonOf(streamOf(bytes));
      expect(skeleton?.raw.length).toBeLessThanOrEqual(bytes.length + 200);
      for (const { from, to } of skeleton?.files ?? []) expect(decodedFile(bytes.subarray(from, to)).length).toBeLessThanOrEqual(to - from);
      if (changes.length === 0) expect(skeleton?.files).toHaveLength(2);
    }),
    { seed, numRuns: 150 },
  );
});

test('pictures and papers with changed bytes are taken or not, and nothing is thrown', () => {
  const FILES = [
    jpeg(1, SMALL),
    PDF,
    HEIC.slice(0, 300),
    `\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82`,
  ];
  fc.assert(
    fc.property(fc.constantFrom(...FILES), fc.array(CHANGE, { maxLength: 5 }), (file, changes) => {
      const bytes = bytesOf(changes.reduce(changed, file));
      for (const isDrawn of [true, false])
        expect(['candidate', ...PART_VERDICTS]).toContain(judgePart({ name: 'a', type: 'image/jpeg', isDrawn }, bytes).verdict);
    }),
    { seed, numRuns: 3000 },
  );
});

test('not one of them is lost: each has a row, its bytes, and a claim, a program that wrote it, or a person who looks at it', async () => {
  const samples = fc.sample(fc.oneof({ weight: 6, arbitrary: CHANGED }, { weight: 1, arbitrary: NOISE }), { seed, numRuns: 60 });
  for (const raw of samples) {
    if (raw === '') continue;
    const taken = await takes(product, raw);
    if (taken.kind === 'again') continue;
    expect(taken.kind, `with the seed ${seed}`).toBe('taken');
    if (taken.kind !== 'taken') continue;
    await judgeLetters(letterPorts(product), taken.id);
    const { key, claim_id, machine, why } = await became(taken.id);
    expect((await bindings.FILES.head(key))?.size, `with the seed ${seed}`).toBe(bytesOf(raw).length);
    expect(claim_id !== null || machine !== null || LETTER_WHYS.some(one => one === why), `with the seed ${seed}`).toBe(true);
  }
});
