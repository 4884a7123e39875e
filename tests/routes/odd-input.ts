// What odd-input.test.ts sends: fields, JSON, bodies and addresses that no page of ours makes.
import fc from 'fast-check';

const ID = '01930000-0000-7000-8000-00000000f11e';

/** Every field that a route reads, with a value that it takes. */
const TAKEN: Readonly<Record<string, unknown>> = {
  account: '40817810099910004312',
  address: 'Москва, Примерная ул., 5',
  agreed: '24-10',
  amount: '2300',
  answers: {},
  back: '1',
  bank: 'Банк «Пример»',
  bankConsent: '1',
  base: 1,
  bic: '044525225',
  birthDate: '1958-03-14',
  call: '1',
  camera: true,
  choice: 'wait',
  code: '006235',
  complaints: 'Кашель',
  content: { complaints: 'Кашель', inPerson: { isNeeded: false, when: '' }, diagnosis: null },
  corr: '30101810400000000225',
  days: '7',
  decision: ID,
  details: { browser: 'Firefox' },
  diagnosis: 'J06.9 Инфекция',
  do: 'send',
  document: ID,
  documentOn: '2026-11-24',
  email: 'anna@example.ru',
  everywhere: '0',
  figures: '1 2',
  file: 'text',
  holder: 'Тестова Анна',
  inPersonNeeded: '1',
  kind: 'document',
  microphone: true,
  minutes: '5',
  name: 'Анна',
  network: 'video',
  next: '/online',
  note: 'Вернули по звонку',
  number: 'В-2026-00042',
  outcome: 'failed',
  person: ID,
  phone: '+7 900 000-00-00',
  place: 'panel',
  q: 'йод',
  read: '1',
  reason: 'Пациент подтвердил по телефону.',
  requestKey: ID,
  restore: '1',
  returnMinor: '0',
  round: 1,
  seen: 1,
  sessionDescription: { type: 'offer', sdp: 'v=0\r\n' },
  since: '2026-12-01',
  speaker: true,
  sum: '1 500,50',
  take: '1',
  templateName: 'ОРВИ',
  text: 'Связь пропала.',
  to: '2026-12-01T10:00:00+03:00',
  token: 'token',
  tracks: [{ location: 'local', mid: '0', trackName: 'cam' }],
  version: 1,
  via: 'same',
  visitedOn: '2026-02-03',
  word: 'agree',
};

export const FIELDS = Object.keys(TAKEN);

export const cleanFields = (about: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ ...TAKEN, ...about });

const ODD_TEXT = fc.constantFrom(
  '',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800x',
  '\u202e\u200b\ufeff',
  'и\u0306\u0308'.repeat(50),
  '9'.repeat(400),
  '-1',
  '1e999',
  'NaN',
  '0x10',
  '2026-02-30',
  '0000-01-01',
  '2026-02-30T25:61:00Z',
  '+275760-09-13T00:00:00Z',
  '9999999999999',
  '__proto__',
  '../../etc/passwd',
  "'; DROP TABLE person; --",
  '%E0%A4%A',
  '{"a":1}',
  'x'.repeat(20_000),
  `${'a'.repeat(300)}@почта.рф`,
  `"MATCH" OR * NEAR(`,
);
const ODD_VALUE: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: ODD_TEXT },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      { toString: 1, valueOf: 1 },
      JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}'),
      [],
      [[[[]]]],
      {},
      null,
      true,
      0,
      -0,
      1e308,
      Number.MAX_SAFE_INTEGER + 2,
      JSON.parse('['.repeat(200) + ']'.repeat(200)),
      { length: -1 },
      { toJSON: 'x' },
      Array.from({ length: 500 }, (_, i) => i),
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

export interface Odd {
  readonly what: string;
  readonly init: () => RequestInit;
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, character => character.charCodeAt(0) & 0xff);

const sent = (what: string, body: () => BodyInit, type: string | null): Odd => ({
  what: `${what.slice(0, 300)} ${type ?? ''}`,
  init: () => ({ body: body(), ...(type === null ? {} : { headers: { 'content-type': type } }) }),
});

/** Taken fields with odd ones among them, as JSON, as a form of either kind, and as what is no form at all. */
export function oddBody(clean: Readonly<Record<string, unknown>>): fc.Arbitrary<Odd> {
  const either = ([name, value]: [string, unknown]) => [
    name,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(value) },
      { weight: 2, arbitrary: ODD_VALUE },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
  ];
  const object = fc.record(Object.fromEntries(Object.entries(clean).map(either)) as Record<string, fc.Arbitrary<unknown>>, {
    noNullPrototype: true,
  });
  const texts = object.map(fields =>
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)] as const],
    ),
  );
  const json = 'application/json';
  const form = 'application/x-www-form-urlencoded';
  const multipart = 'multipart/form-data; boundary=odd';
  return fc.oneof(
    { weight: 4, arbitrary: object.map(fields => sent(JSON.stringify(fields), () => JSON.stringify(fields), json)) },
    { weight: 4, arbitrary: texts.map(fields => sent(JSON.stringify(fields), () => formOf(fields), form)) },
    {
      weight: 1,
      arbitrary: texts.map(fields => sent(`twice ${JSON.stringify(fields)}`, () => `${formOf(fields)}&${formOf(fields)}`, form)),
    },
    { weight: 2, arbitrary: texts.map(fields => sent(`multipart ${JSON.stringify(fields)}`, () => parts(fields, false), null)) },
    { weight: 2, arbitrary: texts.map(fields => sent(`files ${JSON.stringify(fields)}`, () => parts(fields, true), null)) },
    { weight: 2, arbitrary: ODD_VALUE.map(value => sent(`bare ${JSON.stringify(value)}`, () => JSON.stringify(value) ?? '', json)) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        sent('cut JSON', () => '{"minutes":', json),
        sent('__proto__ JSON', () => '{"__proto__":{"minutes":"5"},"minutes":"5"}', json),
        sent('invalid UTF-8', () => bytes('{"minutes":"\xff\xfe\xc0\x80"}'), json),
        sent('invalid UTF-8', () => bytes('code=\xff\xfe&email=\xed\xa0\x80&reason=%FF%FE&q=%ED%A0%80'), form),
        sent('percent', () => 'code=%&email=%E0%A4%A&minutes=%zz&=&&==&q', form),
        sent('a form said to be JSON', () => 'minutes=5', json),
        sent('JSON said to be a form', () => '{"minutes":5}', form),
        sent('no boundary', () => 'minutes=5', 'multipart/form-data'),
        sent('cut multipart', () => '--odd\r\nContent-Disposition: form-data; name="file"; filename="a', multipart),
        sent('multipart without names', () => '--odd\r\n\r\nx\r\n--odd--\r\n', multipart),
        sent(
          'multipart of bytes',
          () => bytes('--odd\r\nContent-Disposition: form-data; name="q\xff"\r\n\r\n\xff\0\r\n--odd--\r\n'),
          multipart,
        ),
        sent('an unknown type', () => 'minutes=5', 'text/x-odd; charset=utf-99'),
        sent('an odd type', () => 'minutes=5', 'application/json; charset="'),
        sent('nothing', () => '', json),
      ),
    },
  );
}

const formOf = (fields: readonly (readonly [string, string])[]): string =>
  new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();

function parts(fields: readonly (readonly [string, string])[], asFiles: boolean): FormData {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (asFiles || name === 'file') form.append(name, new File([value], `${value.slice(0, 50)}.pdf`, { type: 'application/pdf' }));
    else form.append(name, value);
  }
  return form;
}

/** Every parameter of an address that a route reads, and two that none reads. */
export const PARAMETERS: readonly string[] =
  'address after before came code day doctor done draft error from kind lang name next of person place q removed said saved seen specialty state tab to until upload version when year __proto__'.split(
    ' ',
  );

/** A query; some of it is not even percent-encoding. */
export const oddQuery: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...PARAMETERS),
      fc.oneof(
        ODD_TEXT.map(text => encodeURIComponent(text.toWellFormed()).slice(0, 8_000)),
        fc.constantFrom(
          '%',
          '%zz',
          '%E0%A4%A',
          '%00',
          '%ED%A0%80',
          '%FF%FE',
          '1-%00',
          '99999999999999999-01930000-0000-7000-8000-00000000f11e',
          '-1',
          'Infinity',
        ),
        fc.string({ maxLength: 30 }).map(text => encodeURIComponent(text.toWellFormed())),
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map(pairs => pairs.map(pair => pair.join('=')).join('&'));

/** Last parts of an address. */
export const oddTail = ['%', '%E0%A4%A', '%00', '%ED%A0%80', '..%2f..%2fetc', '__proto__', `${'9'.repeat(300)}`, '%D0%B9'] as const;

/** The address of a pattern of the matrix. */
export const addressOf = (pattern: string, about: { visitId: string; doctorId: string; startsAt: number }): string =>
  pattern
    .replace(/:id\{[^/]*ics\}/, `${about.visitId}.ics`)
    .replace(/:id\{[^/]*pdf\}/, `${about.visitId}.pdf`)
    .replace(/^\/doctors\/:id/, `/doctors/${about.doctorId}`)
    .replace(/:id/, about.visitId)
    .replace(/:fileId/, ID)
    .replace(/:startsAt/, String(about.startsAt))
    .replace(/:provider\{(\w+).*\}/, '$1')
    .replace(/:session\{.*?\}\}/, 'session1')
    .replace(/:name/, 'standing')
    .replace(/:\w+/, 'made-up');

/** Frames of a room's socket: real kinds with odd fields, and what is no JSON. */
export const oddFrame: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        type: fc.oneof(fc.constantFrom('state', 'chat', 'seen', 'quality', 'fault'), ODD_VALUE),
        text: ODD_VALUE,
        clientId: fc.oneof(fc.constant(ID), ODD_VALUE),
        seq: ODD_VALUE,
        tracks: ODD_VALUE,
        loss: ODD_VALUE,
        kind: ODD_VALUE,
      })
      .map(frame => JSON.stringify(frame)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{',
      'null',
      '[]',
      '"hello"',
      '{"type":"__proto__"}',
      '['.repeat(4_000),
      `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
