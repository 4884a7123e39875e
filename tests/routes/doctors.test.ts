// «Онлайн-консультация» of a clinic with two hundred doctors: the first twenty are drawn, the rest are found by «ещё», the search and the filters.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { reserveSlot } from '../../worker/data/reservations.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, DAY, MINUTE, NOON } from '../cast.ts';
import { crowd, crowdOf } from '../crowd.ts';
import { bindings, db, freshClinic, patients, run } from '../data/d1.ts';
import { Product, wordsOf } from './product.ts';

const DOCTORS = 200;

let product: Product;
let anna: CastPerson;
let week = 0;

beforeEach(async () => {
  await freshClinic();
  await run(crowd(DOCTORS));
  const [first] = await patients(1);
  if (!first) throw new Error('no cast');
  anna = first;
  product = new Product();
  // What an isolate keeps in its memory for seconds is of another test otherwise.
  product.now = NOON + ++week * 7 * DAY;
});

const shownIn = (html: string) => [...html.matchAll(/<h2><a href="\/doctors\/([0-9a-f-]{36})"/g)].map(match => match[1] ?? '');
const moreIn = (html: string) =>
  /<li id="more">.*?<a class="button quiet" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null;
const get = async (path: string, htmx = false) => await (await product.get(path, null, htmx)).text();

describe('«ещё»', () => {
  test('the first twenty are drawn, and the page says how many there are', async () => {
    const html = await get('/online');

    expect(shownIn(html)).toHaveLength(20);
    expect(wordsOf(html)).toContain('Свободны 200 врачей');
    expect(wordsOf(html)).toContain('Показать ещё Показано 20 из 200');
  });

  test('its links without script lead through every doctor once', async () => {
    const shown: string[] = [];
    for (let next: string | null = '/online'; next !== null; ) {
      const html: string = await get(next);
      shown.push(...shownIn(html));
      next = moreIn(html);
      expect(wordsOf(html)).toContain(`Показано ${shown.length} из 200`);
      expect(wordsOf(html).includes('К началу списка')).toBe(shown.length > 20);
    }

    expect(shown).toHaveLength(DOCTORS);
    expect(new Set(shown)).toEqual(new Set(crowdOf(DOCTORS)));
  });

  test('htmx gets the next doctors and the new «ещё» alone, and the focus goes to the first of them', async () => {
    const href = moreIn(await get('/online')) ?? '';
    const html = await get(href, true);

    expect(html).toMatch(/^<li class="card">/);
    expect(html).not.toContain('id="doctors"');
    expect(shownIn(html.replace(' autofocus', ''))).toEqual(shownIn(await get(href)));
    expect(html.match(/ autofocus/g)).toHaveLength(1);
    expect(html.indexOf(' autofocus')).toBeLessThan(html.indexOf('</h2>'));
    expect(moreIn(html)).toMatch(/^\/online\?after=/);
  });

  test('it keeps the filter', async () => {
    const html = await get('/online?name=ова&when=tomorrow&specialty=');
    const next = await get(moreIn(html) ?? '');

    expect(moreIn(html)).toMatch(/^\/online\?name=%D0%BE%D0%B2%D0%B0&when=tomorrow&after=/);
    expect(shownIn(next)).toHaveLength(20);
    expect(next).toContain('value="tomorrow" checked');
  });

  test('a made-up place is the start', async () => {
    const first = shownIn(await get('/online'));

    for (const place of ['x', '1.2', "1764000000000.'", 'NaN.01900000-0000-7000-8003-000000000001'])
      expect(shownIn(await get(`/online?after=${encodeURIComponent(place)}`)), place).toEqual(first);
  });

  test('a doctor whose time is taken while somebody reads moves down, and nobody is left out', async () => {
    const first = await get('/online');
    const shown = shownIn(first);
    const last = shown.at(-1) ?? '';
    const taken = Number(new RegExp(`/doctors/${last}/slots/(\\d{13})`).exec(first)?.[1]);
    await reserves(last, taken);
    product.now += 1_000;

    const rest: string[] = [];
    for (let next = moreIn(first); next !== null; ) {
      const html: string = await get(next);
      rest.push(...shownIn(html));
      next = moreIn(html);
    }

    expect(new Set([...shown, ...rest])).toEqual(new Set(crowdOf(DOCTORS)));
    expect(rest).toContain(last);
  });
});

test('a doctor far down the list is found by name', async () => {
  const html = await get(`/online?name=${encodeURIComponent('ульяна рыбакова')}`);

  expect(wordsOf(html)).toContain('Ульяна Рыбакова');
  expect(shownIn(html)).toHaveLength(1);
  expect(html).not.toContain('id="more"');
});

describe('what is held', () => {
  const [, , , , , , doctorId = ''] = crowdOf(7);
  const offered = async (path: string) => [...(await get(path)).matchAll(/\/slots\/(\d{13})/g)].map(match => Number(match[1]));

  test('an interval that was just taken is offered by the list for no longer than a second, and by the doctor’s page not at all', async () => {
    const list = `/online?name=${encodeURIComponent('авдеева')}`;
    const [slot = 0] = await offered(`/doctors/${doctorId}`);
    await offered(list);
    await reserves(doctorId, slot);

    expect(await offered(`/doctors/${doctorId}`)).not.toContain(slot);
    product.now += 999;
    await offered('/online');
    product.now += 1;
    const html = await get('/online?name=');
    expect(html).not.toContain(`/doctors/${doctorId}/slots/${slot}"`);
  });

  test('a second list within the second asks the database for nothing of them', async () => {
    const prepare = vi.spyOn(bindings.DB, 'prepare');
    const asks = async () => {
      prepare.mockClear();
      await get('/online');
      return prepare.mock.calls.filter(([sql]) => sql.includes('FROM hold h WHERE h.doctor_id = d.id')).length;
    };

    expect(await asks()).toBe(1);
    product.now += 999;
    expect(await asks()).toBe(0);
    product.now += 1;
    expect(await asks()).toBe(1);
    prepare.mockRestore();
  });
});

async function reserves(doctorId: string, startsAt: number): Promise<void> {
  const reserved = await reserveSlot(
    db,
    {
      startsAt,
      endsAt: startsAt + 30 * MINUTE,
      doctorId,
      patientId: anna.id,
      sessionId: '01930000-0000-7000-8000-000000020001',
      priceMinor: 200_000,
      policy: { freeHours: 24, keptPercent: 10 },
      email: anna.email,
      lang: 'ru',
      zone: null,
      requestKey: newId(),
      holdMinutes: 10,
    },
    product.now,
  );
  if (reserved.kind !== 'reserved') throw new Error(reserved.kind);
}
