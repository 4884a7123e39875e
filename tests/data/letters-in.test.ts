// The order of what is decided about a letter: kept first, programs told apart, whose it is, from whom, what it brings, answered once at most. Nothing is lost,
// nothing is done twice.
import { beforeEach, describe, expect, test } from 'vitest';
import { letterReported } from '../../worker/data/letters.ts';
import { sendAnswers } from '../../worker/letters-in/answer.ts';
import { judgeLetters } from '../../worker/letters-in/judge.ts';
import { hex, takeLetter } from '../../worker/letters-in/take.ts';
import { nameLetters } from '../../worker/letters-in/names.ts';
import { LETTER_BYTES } from '../../workflows/rules/letter-in.ts';
import { MailRefused, MailUnavailable } from '../../worker/providers/mail/port.ts';
import { sweepFiles } from '../../worker/files/sweep.ts';
import { DAY, HOUR, MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { became, claimFiles, comes, letterPorts, streamOf, takes } from '../routes/letters-in.ts';
import { attached, bytesOf, jpeg, letter, multipart, plain, utf8, withPhotos, word } from '../routes/mime.ts';
import { Product } from '../routes/product.ts';
import { CLAIM, claimed, CLAIMS_ADDRESS, NUMBER, OUR_LETTER, TOKEN, WITH_TOKEN } from './claimed.ts';
import { bindings, count, d1, db, freshClinic } from './d1.ts';

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  await claimed(visit);
});

const BARE = { to: CLAIMS_ADDRESS } as const;
const toBare = (latin: string, from = 'patient1@example.ru') => comes(product, latin, { ...BARE, from });
const withdraws = () => d1.prepare('UPDATE refund_claim SET withdrawn_at = ?1 WHERE id = ?2').bind(product.now, CLAIM).run();

/** By their hashes, because a difference of megabytes cannot be shown. */
async function sameBytes(one: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map(bytes => crypto.subtle.digest('SHA-256', bytes)));
  return hex(a ?? new ArrayBuffer()) === hex(b ?? new ArrayBuffer());
}

describe('a letter is kept', () => {
  test('once, when it comes twice: one row, one answer, the same files', async () => {
    const raw = withPhotos();
    await comes(product, raw);

    expect(await takes(product, raw)).toEqual({ kind: 'again' });
    await judgeLetters(letterPorts(product), null);

    expect(await count('SELECT count(*) AS n FROM letter_in')).toBe(1);
    expect((await bindings.FILES.list({ prefix: 'mail/' })).objects).toHaveLength(1);
    expect(await claimFiles()).toHaveLength(1);
    expect(product.mails).toHaveLength(1);
  });

  test('before anything is decided: a crash after its row is finished by the cron', async () => {
    const taken = await takes(product, withPhotos());

    await judgeLetters(letterPorts(product), null);

    expect(await became(taken.kind === 'taken' ? taken.id : '')).toMatchObject({ claim_id: CLAIM, parts: ['list-1.jpg kept'] });
    expect(product.mails).toHaveLength(1);
  });

  test('when the files cannot be stored, and is judged again later', async () => {
    const taken = await takes(product, withPhotos());
    if (taken.kind !== 'taken') throw new Error('not taken');
    const broken = {
      ...letterPorts(product),
      files: { ...bindings.FILES, get: () => Promise.reject(new Error('R2 is down')) } as unknown as R2Bucket,
    };

    await expect(judgeLetters(broken, null)).rejects.toThrow('R2 is down');
    expect(await count('SELECT count(*) AS n FROM letter_in WHERE judged_at IS NULL')).toBe(1);

    product.now += 10 * MINUTE;
    await judgeLetters(letterPorts(product), null);
    expect(await became(taken.id)).toMatchObject({ claim_id: CLAIM });
  });

  test('and not opened a sixth time when each time ended badly: it waits for a person', async () => {
    const taken = await takes(product, withPhotos());
    await d1.prepare('UPDATE letter_in SET tries = 5').run();

    await judgeLetters(letterPorts(product), null);

    expect(await became(taken.kind === 'taken' ? taken.id : '')).toMatchObject({ why: 'unreadable', claim_id: CLAIM });
  });

  test('not when it is larger than mail may be, is empty, or ends before its end', async () => {
    const shelf = { db, files: bindings.FILES, now: product.now };
    const envelope = { door: 'email', from: 'a@example.ru', to: WITH_TOKEN } as const;
    const bytes = bytesOf(withPhotos());

    expect(await takeLetter(shelf, envelope, streamOf(bytes), LETTER_BYTES + 1)).toEqual({ kind: 'tooLarge' });
    expect(await takeLetter(shelf, envelope, streamOf(bytes), 0)).toEqual({ kind: 'empty' });
    expect(await takeLetter(shelf, envelope, streamOf(bytes), bytes.length + 5)).toEqual({ kind: 'cut' });
    expect(await takeLetter(shelf, envelope, streamOf(bytes), bytes.length - 5)).toEqual({ kind: 'cut' });
    expect(await count('SELECT count(*) AS n FROM letter_in')).toBe(0);
  });

  test('with its claim when it is too large to be opened even without its files, and waits for a person', async () => {
    const said = await comes(product, letter({ body: plain('word '.repeat(2_600_000)) }));

    expect(said).toMatchObject({ why: 'tooLarge', claim_id: CLAIM, subject: 'Zayavlenie', relation: 'own', parts: [] });
  });

  test('and its photographs are taken when it is as large as mail may be, whole and in their order', async () => {
    const photos = [jpeg(1, { more: 6_000_000 }), jpeg(2, { more: 300 }), jpeg(3, { more: 5_500_000 }), jpeg(4, { more: 200_000 })];
    const [first = '', second = '', third = '', fourth = ''] = photos;
    const forwarded = `Content-Type: message/rfc822\r\n\r\n${withPhotos({}, [fourth])}`;
    const parts = [
      plain(utf8('Три листа')),
      attached(first, { name: '1.jpg' }),
      attached(second, { name: '2.jpg' }),
      attached(third, { name: '3.jpg' }),
      forwarded,
    ];
    const said = await comes(product, letter({ subject: word('Листы'), body: multipart(parts) }));

    expect(said).toMatchObject({ why: null, subject: 'Листы' });
    expect(said.text).toContain('Три листа');
    expect(said.parts).toEqual(['1.jpg kept', '2.jpg kept', '3.jpg kept', 'list-1.jpg kept']);
    for (const [i, { key }] of (await claimFiles()).entries()) {
      const stored = new Uint8Array((await (await bindings.FILES.get(key))?.arrayBuffer()) ?? []);
      expect(await sameBytes(stored, bytesOf(photos[i] ?? '')), `photograph ${i + 1}`).toBe(true);
    }
  });

  test('and a file over 10 MB in it is named in the answer and not read', async () => {
    const said = await comes(product, withPhotos({}, [jpeg(1, { more: 11_000_000 }), jpeg(2, { more: 2_000_000 })]));

    expect(said.parts).toEqual(['list-1.jpg tooLarge', 'list-2.jpg kept']);
  });

  test('in R2, with its files, when the sweep looks for what no row names', async () => {
    const said = await comes(product, withPhotos());
    const [file] = await claimFiles();

    for (let i = 0; i < 3; i++) await sweepFiles(db, bindings.FILES, Date.now() + 3 * DAY);

    expect(await bindings.FILES.head(said.key)).not.toBeNull();
    expect(await bindings.FILES.head(file?.key ?? '')).not.toBeNull();
  });
});

describe('what a program wrote is shown and does nothing', () => {
  test.each([
    ['an absence note', ['Auto-Submitted: auto-replied'], 'autoReply'],
    ['an absence note of an old program', ['Precedence: auto_reply'], 'autoReply'],
    ['a mailing', ['Precedence: bulk'], 'list'],
    ['a mailing list', ['List-Id: <news.example.ru>'], 'list'],
    ['our own answer that came round', ['X-Clinic-Auto: claim'], 'ours'],
    ['an answer of another robot', ['X-Autoreply: yes'], 'autoReply'],
  ])('%s', async (_, head, machine) => {
    const said = await comes(product, withPhotos({ head }));

    expect(said).toMatchObject({ machine, claim_id: CLAIM, why: null });
    expect(await claimFiles()).toEqual([]);
    expect(product.mails).toEqual([]);
    expect(await count('SELECT count(*) AS n FROM claim_signature')).toBe(0);
  });

  test('a letter from our own address', async () => {
    expect(await comes(product, withPhotos({ from: `Clinic <${CLAIMS_ADDRESS}>` }))).toMatchObject({ machine: 'ours' });
  });

  test('a letter without a return path', async () => {
    expect(await comes(product, withPhotos(), { from: '' })).toMatchObject({ machine: 'autoReply' });
  });

  test('but a person’s letter from Outlook, which asks for no automatic answers, is a person’s', async () => {
    const said = await comes(product, withPhotos({ head: ['X-Auto-Response-Suppress: All', 'Auto-Submitted: no'] }));

    expect(said).toMatchObject({ machine: null, parts: ['list-1.jpg kept'] });
  });
});

describe('the claim is found', () => {
  test('by the token in the address, whatever case the mail server made of it', async () => {
    expect(
      await comes(product, withPhotos({ to: 'x@example.ru' }), { to: `ZAYAVLENIE+${TOKEN.toUpperCase()}@clinic.example` }),
    ).toMatchObject({ matched_by: 'token' });
  });

  test('by the token in To when the envelope has lost it', async () => {
    expect(await toBare(withPhotos())).toMatchObject({ matched_by: 'token' });
  });

  test('by our letter that it answers, from any address', async () => {
    const head = ['In-Reply-To: <other@example.ru>', `References: <older@example.ru>\r\n ${OUR_LETTER}`];

    expect(await toBare(withPhotos({ ...BARE, head, from: 'husband@example.ru' }), 'husband@example.ru')).toMatchObject({
      matched_by: 'reference',
      relation: 'other',
    });
  });

  test('by a letter of which the provider told its Message-ID later', async () => {
    await d1.prepare('UPDATE letter SET message_id = NULL').run();
    const delivered = {
      id: 'm',
      type: 'email.delivered',
      providerId: 'mail-made',
      delivery: { state: 'delivered', why: null },
      at: product.now,
    } as const;
    await letterReported(db, { ...delivered, messageId: '<told@mail.example>' }, product.now);

    expect(await toBare(withPhotos({ ...BARE, head: ['In-Reply-To: <told@mail.example>'] }))).toMatchObject({ matched_by: 'reference' });
  });

  test('by a letter whose Message-ID the provider was asked for', async () => {
    await d1.prepare('UPDATE letter SET message_id = NULL').run();
    await nameLetters(product.ports);

    expect(await toBare(withPhotos({ ...BARE, head: ['In-Reply-To: <mail-made@clinic.example>'] }))).toMatchObject({
      matched_by: 'reference',
    });
  });

  test.each(['patient1@example.ru', 'anna@example.ru'])('by the number in the subject from the person’s own address %s', async from => {
    expect(await toBare(withPhotos({ ...BARE, from, subject: word(`Fwd: заявление ${NUMBER.replace('В', 'B')}`) }), from)).toMatchObject({
      matched_by: 'number',
      relation: 'own',
    });
  });

  test('never by the number from another address: anybody could write it', async () => {
    const said = await toBare(withPhotos({ ...BARE, from: 'thief@example.ru', subject: word(NUMBER) }), 'thief@example.ru');

    expect(said).toMatchObject({ claim_id: null, why: 'unknown', parts: ['list-1.jpg candidate'] });
    expect(await claimFiles()).toEqual([]);
    expect(product.mails).toEqual([]);
  });
});

describe('a letter with photographs', () => {
  test('signs the form in force, tells the workflow, and is answered once', async () => {
    const said = await comes(product, withPhotos({ id: '<mine@example.ru>' }, [jpeg(1), jpeg(2)]));

    expect(await d1.prepare('SELECT form_version, way, email FROM claim_signature').first()).toEqual({
      form_version: 1,
      way: 'letter',
      email: 'patient1@example.ru',
    });
    expect(await d1.prepare('SELECT signed_at FROM refund_claim').first()).toEqual({ signed_at: product.now });
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id = 'letter:' || ?1", said.id)).toBe(1);
    expect(product.mails).toMatchObject([
      {
        to: 'patient1@example.ru',
        subject: `Ваше письмо по заявлению ${NUMBER}`,
        headers: {
          'Auto-Submitted': 'auto-replied',
          'X-Auto-Response-Suppress': 'All',
          'In-Reply-To': '<mine@example.ru>',
          References: '<mine@example.ru>',
        },
      },
    ]);
    expect(product.mails[0]?.text.replace(/\s/g, ' ')).toContain('2 файла');
  });

  test('from another address is taken, and that it was another is written down', async () => {
    expect(await comes(product, withPhotos({ from: 'husband@example.ru' }))).toMatchObject({
      relation: 'other',
      parts: ['list-1.jpg kept'],
    });
  });

  test('that the claim has already brings nothing new', async () => {
    await comes(product, withPhotos());
    const said = await comes(product, withPhotos());

    expect(said.parts).toEqual(['list-1.jpg again']);
    expect(await claimFiles()).toHaveLength(1);
  });

  test('to a withdrawn claim is filed with it, signs nothing and waits for a person', async () => {
    await withdraws();
    const said = await comes(product, withPhotos());

    expect(said).toMatchObject({ claim_id: CLAIM, why: 'claimIsOver', parts: ['list-1.jpg kept'] });
    expect(await count('SELECT count(*) AS n FROM claim_signature')).toBe(0);
  });

  test('is full of them: the forty-first is not taken, and the letter waits for a person', async () => {
    const photos = Array.from({ length: 41 }, (_, i) => jpeg(i, { more: 400 }));
    const said = await comes(product, withPhotos({}, photos));

    expect(said.why).toBe('claimIsFull');
    expect(await claimFiles()).toHaveLength(40);
    expect(said.parts.at(-1)).toBe('list-41.jpg full');
  });

  test('without any, is told what is missing, and its words wait for a person', async () => {
    const said = await comes(product, letter({ body: plain(utf8('Когда вернёте?')) }));

    expect(said).toMatchObject({ claim_id: CLAIM, why: 'words', text: 'Когда вернёте?' });
    expect(product.mails[0]?.text.replace(/\s/g, ' ')).toContain('В письме нет фотографии заявления');
  });
});

describe('answers', () => {
  const another = (n: number) => comes(product, letter({ body: multipart([plain(`letter ${n}`), attached(jpeg(n))]) }));

  test('go to one address once an hour, and three times for one claim', async () => {
    for (const n of [1, 2]) await another(n);
    expect(product.mails).toHaveLength(1);

    for (let n = 3; n < 9; n++) {
      product.now += HOUR + MINUTE;
      await another(n);
    }
    expect(product.mails).toHaveLength(3);
    expect(await count('SELECT count(*) AS n FROM claim_file')).toBe(8);
  });

  test('may be answered by the person: the letter finds the claim by them', async () => {
    await another(1);
    await nameLetters(product.ports);
    const said = await toBare(withPhotos({ ...BARE, head: ['In-Reply-To: <mail-1@clinic.example>'] }));

    expect(said).toMatchObject({ matched_by: 'reference', claim_id: CLAIM });
  });

  test('two robots that write to each other stop at once', async () => {
    await another(1);
    const echo = product.mails[0];
    await comes(
      product,
      letter({
        from: 'patient1@example.ru',
        head: Object.entries(echo?.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
        body: plain('echo'),
      }),
    );

    expect(product.mails).toHaveLength(1);
  });

  test('that the provider does not take now are sent by the cron, the same text under the same key', async () => {
    product.mailFaults.push(new MailUnavailable('down'));
    await expect(another(1)).rejects.toThrow('down');

    product.now += 6 * MINUTE;
    await sendAnswers(product.ports, null);
    await sendAnswers(product.ports, null);

    expect(product.mails).toHaveLength(1);
    expect(await d1.prepare("SELECT state FROM letter WHERE kind = 'claimLetter'").first()).toEqual({ state: 'sent' });
  });

  test('that the provider refuses end', async () => {
    product.mailFaults.push(new MailRefused('no such address'));
    await another(1);

    expect(await d1.prepare("SELECT state, why FROM letter WHERE kind = 'claimLetter'").first()).toEqual({
      state: 'failed',
      why: 'refused',
    });
  });

  test('are no letters of the visit’s own story', async () => {
    await another(1);

    expect((await product.get(`/consultations/${visit.id}`, visit.anna)).status).toBe(200);
  });
});
