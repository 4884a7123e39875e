// «Сверка» as finance sees it: what differs, a note that settles it, a run on demand with its progress, the list as a file.
import { beforeEach, describe, expect, test } from 'vitest';
import { STAFF } from '../../stand/clinic/people.ts';
import { write } from '../../worker/data/db.ts';
import { notesSeen } from '../../worker/data/differences.ts';
import { reconcileDue } from '../../worker/money/reconciliation.ts';
import { type CastPerson, NOON, sessionFor } from '../cast.ts';
import { count, db, freshClinic, run } from '../data/d1.ts';
import { Product, wordsOf } from './product.ts';

const PATH = '/finance/reconciliation';
let product: Product;
let finance: CastPerson;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  product.now = NOON;
  const index = STAFF.findIndex(({ role }) => role === 'finance');
  finance = await sessionFor(STAFF[index]?.id ?? '', index, NOON);
  await run(finance.statements);
});

const seen = (object: string, theirs = `${object} 230000 RUB succeeded`) =>
  write(db, [notesSeen([{ kind: 'unknownPayment', object, consultationId: null, ours: null, theirs }], product.now)]);
const page = async (path = PATH) => (await product.get(path, finance)).text();
const formsIn = (html: string) => /action="(\/finance\/differences\/[^"]+)"/.exec(html)?.[1] ?? '';
const figuresIn = (html: string) => /name="figures" value="([^"]*)"/.exec(html)?.[1] ?? '';

test('an empty list says so, and offers a comparison', async () => {
  const words = wordsOf(await page());

  expect(words).toContain('Расхождений нет');
  expect(words).toContain('Сверить сейчас');
});

describe('a difference', () => {
  test('is settled with a note, which stays with the name', async () => {
    await seen('pay-1');
    const html = await page();

    const answer = await product.post(formsIn(html), { note: 'вернули в кабинете', figures: figuresIn(html) }, finance);

    expect(answer.headers.get('location')).toBe(`${PATH}?said=closed`);
    expect(wordsOf(await page())).toContain('Расхождений нет');
    expect(wordsOf(await page(`${PATH}?tab=closed`))).toContain('вернули в кабинете');
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'difference.close'")).toBe(1);
  });

  test('is not settled without words, and what was typed stays', async () => {
    await seen('pay-1');
    const html = await page();

    const answer = await product.post(formsIn(html), { note: 'да', figures: figuresIn(html) }, finance);

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('>да</textarea>');
  });

  test('whose figures have changed since the page was drawn is refused with what stands now', async () => {
    await seen('pay-1');
    const html = await page();
    await seen('pay-1', 'pay-1 1 RUB succeeded');

    const answer = await product.post(formsIn(html), { note: 'вернули в кабинете', figures: figuresIn(html) }, finance);

    expect(answer.status).toBe(409);
    expect(wordsOf(await answer.text())).toContain('цифры изменились');
    expect(await count('SELECT count(*) AS n FROM difference WHERE resolved_at IS NULL')).toBe(1);
  });

  test('is a line of a file that a spreadsheet reads and does not run', async () => {
    await seen('=cmd()');

    const answer = await product.get(`${PATH}.csv`, finance);
    const bytes = new Uint8Array(await answer.arrayBuffer());

    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    expect(text.split('\r\n')[0]?.replaceAll('\u00a0', ' ')).toBe('Вид;Что;Номер;Приём;У нас;Там;Впервые;В последний раз');
    expect(text).toContain("'=cmd()");
  });

  test('that is an alarm is counted by /readyz', async () => {
    await write(db, [notesSeen([{ kind: 'otherSum', object: 'p', consultationId: null, ours: '1', theirs: '2' }], product.now)]);

    expect(await (await product.get('/readyz')).json()).toMatchObject({ kind: 'ready', alarms: 1 });
  });
});

describe('a comparison on demand', () => {
  const begin = (days: string) => product.post(PATH, { days }, finance);

  test('shows how far it is, survives a reload, and ends', async () => {
    await begin('7');
    const html = await page();
    expect(wordsOf(html)).toContain('Идёт сверка');
    expect(wordsOf(html)).not.toContain('Сверить сейчас');
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'reconcile:%'")).toBe(1);

    product.now += 1;
    await reconcileDue(product.ports);

    expect(wordsOf(await page())).toContain('по просьбе: сравнено 0, исправлено 0');
  });

  test('pressed twice is one', async () => {
    await begin('7');
    await begin('7');

    expect(await count('SELECT count(*) AS n FROM reconciliation')).toBe(1);
  });

  test('is stopped by a person', async () => {
    await begin('7');
    const stop = /action="(\/finance\/reconciliation\/[^"]+\/stop)"/.exec(await page())?.[1] ?? '';

    await product.post(stop, {}, finance);

    expect(wordsOf(await page())).toContain('по просьбе: остановлена');
  });

  test.each(['', '0', '1101', 'семь', '7.5', '-1'])('of «%s» days is refused with the words', async days => {
    const answer = await begin(days);

    expect(answer.status).toBe(422);
    expect(wordsOf(await answer.text())).toContain('Введите число от 1 до 1100.');
  });
});
