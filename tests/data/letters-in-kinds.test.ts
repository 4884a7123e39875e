// The letters that people and programs really send (../shared facts: what the parser loses, what iPhones and Outlook attach), each built anew, and what must
// become of it. None is lost.
import { beforeEach, describe, expect, test } from 'vitest';
import { TOMORROW_14_30 } from '../cast.ts';
import { meeting } from '../routes/meeting.ts';
import { claimFiles, comes } from '../routes/letters-in.ts';
import { attached, HEIC, inCharset, jpeg, latinOf, letter, multipart, PDF, plain, TNEF, utf8, withPhotos, word } from '../routes/mime.ts';
import { Product } from '../routes/product.ts';
import { claimed, OUR_LETTER } from './claimed.ts';
import { bindings, d1, freshClinic } from './d1.ts';

let product: Product;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  await claimed(await meeting(TOMORROW_14_30));
});

const SUBJECT = 'Заявление на возврат';
const WORDS = 'Добрый день, высылаю подписанное заявление.';

describe('Russian words are read', () => {
  test.each(['koi8-r', 'windows-1251', 'ibm866'] as const)('in a body of %s that says so', async charset => {
    const label = charset === 'ibm866' ? 'cp866' : charset;
    const said = await comes(product, letter({ body: plain(inCharset(WORDS, charset), `text/plain; charset=${label}`) }));

    expect(said.text).toBe(WORDS);
  });

  test.each(['win-1251', 'win1251', 'cp1251', 'cp-1251'])('under the name %s of the charset', async label => {
    const said = await comes(product, letter({ body: plain(inCharset(WORDS, 'windows-1251'), `text/plain; charset=${label}`) }));

    expect(said.text).toBe(WORDS);
  });

  test.each(['koi8-r', 'windows-1251'] as const)('in a body of %s that names no charset', async charset => {
    const said = await comes(product, letter({ body: `Content-Type: text/plain\r\n\r\n${inCharset(WORDS, charset)}\r\n` }));

    expect(said.text).toBe(WORDS);
  });

  test.each(['koi8-r', 'windows-1251'] as const)('in a raw subject and a raw file name of %s', async charset => {
    const name = inCharset('заявление.jpg', charset);
    const parts = [plain(inCharset(WORDS, charset), `text/plain; charset=${charset}`), attached(jpeg(), { name })];
    const said = await comes(product, letter({ subject: inCharset(SUBJECT, charset), body: multipart(parts) }));

    expect(said.subject).toBe(SUBJECT);
    expect(said.parts).toEqual(['заявление.jpg kept']);
  });

  test('in a raw subject of a letter that names no charset at all', async () => {
    const said = await comes(product, letter({ subject: inCharset(SUBJECT, 'koi8-r'), body: attached(jpeg()) }));

    expect(said.subject).toBe(SUBJECT);
  });

  test('in raw UTF-8', async () => {
    const said = await comes(product, letter({ subject: utf8(SUBJECT), body: plain(utf8(WORDS)) }));

    expect([said.subject, said.text]).toEqual([SUBJECT, WORDS]);
  });

  test('when one letter of UTF-8 is split between two encoded words', async () => {
    const bytes = utf8(SUBJECT);
    const subject = `=?UTF-8?B?${btoa(bytes.slice(0, 5))}?=\r\n =?UTF-8?B?${btoa(bytes.slice(5))}?=`;
    const said = await comes(product, letter({ subject, body: plain(utf8(WORDS)) }));

    expect(said.subject).toBe(SUBJECT);
  });

  test('in encoded words inside filename= and in the names of RFC 2231', async () => {
    const koi8 = [...inCharset('второй.jpg', 'koi8-r')].map(c => `%${c.charCodeAt(0).toString(16)}`).join('');
    const second = attached(jpeg(2)).replace('filename="list.jpg"', `filename*=koi8-r''${koi8}`);
    const said = await comes(product, letter({ body: multipart([attached(jpeg(1), { name: word('первый.jpg') }), second]) }));

    expect(said.parts).toEqual(['первый.jpg kept', 'второй.jpg kept']);
  });

  test('in an HTML letter without a plain text, by their words alone', async () => {
    const html = utf8(
      '<html><head><title>no</title><style>p{}</style></head><body><p>Добрый&nbsp;день</p><script>x()</script>Высылаю <b>заявление</b></body></html>',
    );
    const said = await comes(product, letter({ body: plain(html, 'text/html; charset=utf-8') }));

    expect(said.text.replace(/\s+/g, ' ')).toBe('Добрый день Высылаю заявление');
  });

  test('in a Q-word with spaces and in format=flowed with delsp', async () => {
    const flowed = plain(utf8('Высылаю заяв \r\nление.'), 'text/plain; charset=utf-8; format=flowed; delsp=yes');
    const said = await comes(product, letter({ subject: '=?UTF-8?Q?=D0=94=D0=B0_=D0=B4=D0=B0?=', body: flowed }));

    expect([said.subject, said.text]).toEqual(['Да да', 'Высылаю заявление.']);
  });
});

describe('a photograph is found', () => {
  test('when the letter is the photograph itself, without a subject and a text', async () => {
    const said = await comes(product, letter({ subject: null, body: attached(jpeg()) }));

    expect(said.parts).toEqual(['list.jpg kept']);
    expect(said).toMatchObject({ why: null, relation: 'own', matched_by: 'token' });
  });

  test('of every page, in the order of the letter, inline ones of an iPhone too, and a PDF', async () => {
    const inline = attached(jpeg(2), { name: 'IMG_2.JPG', disposition: 'inline' });
    const typeless = attached(PDF, { name: 'scan', type: 'application/octet-stream' });
    const said = await comes(
      product,
      letter({ body: multipart([attached(jpeg(1), { name: 'IMG_1.JPG', disposition: 'inline' }), plain('between'), inline, typeless]) }),
    );

    expect(said.parts).toEqual(['IMG_1.JPG kept', 'IMG_2.JPG kept', 'scan kept']);
    expect((await claimFiles()).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'IMG_1.JPG image/jpeg',
      'IMG_2.JPG image/jpeg',
      'scan.pdf application/pdf',
    ]);
  });

  test('beside the logo of a signature, which is no page', async () => {
    const html = plain('<p>Hello</p><img src="cid:logo@x">', 'text/html; charset=utf-8');
    const logo = attached(jpeg(9, { width: 120, height: 40, more: 2_000 }), {
      name: 'logo.jpg',
      disposition: 'inline',
      head: ['Content-ID: <logo@x>'],
    });
    const said = await comes(product, letter({ body: multipart([multipart([html, logo], 'related'), attached(jpeg())]) }));

    expect(said.parts).toEqual(['logo.jpg logo', 'list.jpg kept']);
  });

  test('drawn inside an HTML letter when it is large', async () => {
    const html = plain('<p>Hello</p><img src="cid:page@x">', 'text/html; charset=utf-8');
    const page = attached(jpeg(), { name: 'page.jpg', disposition: 'inline', head: ['Content-ID: <page@x>'] });
    const said = await comes(product, letter({ body: multipart([html, page], 'related') }));

    expect(said.parts).toEqual(['page.jpg kept']);
  });

  test('in a letter with a clear signature', async () => {
    const signature = attached('x'.repeat(900), { type: 'application/pkcs7-signature', name: 'smime.p7s' });
    const said = await comes(product, letter({ body: multipart([multipart([plain('hi'), attached(jpeg())]), signature], 'signed') }));

    expect(said.parts).toEqual(['list.jpg kept', 'smime.p7s aside']);
  });

  test.each(['attachment', 'inline'])('in a letter that was forwarded as %s', async disposition => {
    const forwarded = `Content-Type: message/rfc822\r\nContent-Disposition: ${disposition}; filename="fwd.eml"\r\n\r\n${withPhotos({ to: 'other@example.ru' })}`;
    const said = await comes(product, letter({ body: multipart([plain('see below'), forwarded]) }));

    expect(said.parts).toEqual(['list-1.jpg kept']);
  });

  test('beside the fork of a Mac', async () => {
    const double = multipart(
      [attached('fork'.repeat(50), { type: 'application/applefile', name: '._list.jpg' }), attached(jpeg())],
      'appledouble',
    );
    const said = await comes(product, letter({ body: multipart([plain('hi'), double]) }));

    expect(said.parts).toEqual(['._list.jpg aside', 'list.jpg kept']);
  });

  test('under any declared type and name', async () => {
    const said = await comes(product, letter({ body: attached(jpeg(), { type: 'text/plain', name: 'letter.exe' }) }));

    expect(said.parts).toEqual(['letter.exe kept']);
    expect(await claimFiles()).toMatchObject([{ name: 'letter.exe.jpg', type: 'image/jpeg' }]);
  });
});

describe('what cannot be read is kept and answered in words that help', () => {
  const answered = () => product.mails.map(({ subject, text }) => `${subject} ${text}`).join(' ');

  test('a photograph of an iPhone in its own format', async () => {
    const said = await comes(
      product,
      letter({ body: multipart([plain('hi'), attached(HEIC, { type: 'application/octet-stream', name: 'IMG.HEIC' })]) }),
    );

    expect(said.parts).toEqual(['IMG.HEIC heic']);
    expect(answered()).toContain('JPEG или PDF');
  });

  test('winmail.dat of Outlook', async () => {
    const said = await comes(
      product,
      letter({ body: multipart([plain('hi'), attached(TNEF, { type: 'application/ms-tnef', name: 'winmail.dat' })]) }),
    );

    expect(said.parts).toEqual(['winmail.dat winmail']);
    expect(answered()).toContain('Вложение не открылось');
  });

  test('an encrypted letter, which waits for a person', async () => {
    const body = attached('0\x82'.repeat(900), { type: 'application/pkcs7-mime; smime-type=enveloped-data', name: 'smime.p7m' });
    const said = await comes(product, letter({ body }));

    expect(said).toMatchObject({ why: 'encrypted', parts: ['smime.p7m encrypted'] });
  });

  test('a file inside the text, as old programs write it', async () => {
    const said = await comes(product, letter({ body: plain('hi\r\nbegin 644 list.jpg\r\nM_]C_X\r\n`\r\nend') }));

    expect(said.why).toBe('uuencoded');
  });

  test('a photograph that was cut on its way', async () => {
    const cut = attached(jpeg()).split('\r\n').slice(0, 60).join('\r\n');
    const said = await comes(product, letter({ body: multipart([plain('hi'), cut]) }));

    expect(said.parts).toEqual(['list.jpg cut']);
    expect(answered()).toContain('Вложение не открылось');
  });

  test('a letter whose parts are nested too deep', async () => {
    let body = plain('deep');
    for (let i = 0; i < 80; i++) body = multipart([body], 'mixed', `n${i}`);
    const said = await comes(product, letter({ body }));

    expect(said.why).toBe('unreadable');
    expect(await bindings.FILES.head(said.key)).not.toBeNull();
  });
});

describe('who wrote it', () => {
  test('cannot be said when there are two senders', async () => {
    const said = await comes(product, withPhotos({ head: ['From: Other <other@example.ru>'] }));

    expect(said).toMatchObject({ why: 'twoSenders', claim_id: null });
    expect(product.mails).toEqual([]);
  });

  test('is the return path when there is no From, and a letter needs no Message-ID', async () => {
    const said = await comes(product, withPhotos({ from: null, id: null }));

    expect(said).toMatchObject({ sender: 'patient1@example.ru', relation: 'own', message_id: null, parts: ['list-1.jpg kept'] });
  });

  test('is a mail server in a report, which marks our letter as come back', async () => {
    const report = multipart(
      [
        plain('Your message could not be delivered.'),
        'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.ru\r\n\r\nFinal-Recipient: rfc822; patient1@example.ru\r\nAction: failed\r\nStatus: 5.1.1\r\n',
        `Content-Type: text/rfc822-headers\r\n\r\nFrom: clinic\r\nMessage-ID: ${OUR_LETTER}\r\n`,
      ],
      'report; report-type=delivery-status',
      'report',
    );
    const said = await comes(product, letter({ from: 'MAILER-DAEMON@mx.example.ru', body: report }), {
      from: '',
      to: 'mail@clinic.example',
    });

    expect(said).toMatchObject({ machine: 'bounce', why: null });
    expect(await d1.prepare('SELECT state FROM letter WHERE message_id = ?1').bind(OUR_LETTER).first()).toEqual({ state: 'bounced' });
    expect(product.mails).toEqual([]);
  });
});

test('the letter itself stays as it came, byte for byte', async () => {
  const raw = withPhotos({ subject: inCharset(SUBJECT, 'koi8-r') });
  const said = await comes(product, raw);

  const stored = await bindings.FILES.get(said.key);
  expect(latinOf(new Uint8Array((await stored?.arrayBuffer()) ?? []))).toBe(raw);
});

test.each([
  ['tags that do not end', letter({ body: plain('<script'.repeat(400_000), 'text/html') })],
  ['brackets in From', letter({ from: '<@'.repeat(400_000), body: plain('x') })],
  ['beginnings of encoded words', letter({ subject: '=?utf-8?b?'.repeat(150_000), body: plain('x') })],
  ['boundaries', letter({ body: `Content-Type: multipart/mixed; boundary="b"\r\n\r\n${'--b\r\n'.repeat(200_000)}` })],
  [
    'names of boundaries',
    letter({ head: Array.from({ length: 3000 }, (_, i) => `X-B: boundary="${i}"`), body: plain('--1\r\n'.repeat(100_000)) }),
  ],
])('megabytes of %s end soon: the letter is judged or waits for a person', async (_, raw) => {
  const said = await comes(product, raw);

  expect(['words', 'unreadable', 'twoSenders', null]).toContain(said.why);
});
