// Measures how soon a signed protocol is in the patient's card: as a page, and as the PDF after printing and signing.
import { comesByCode, eventually, form, meet, type Urls } from './cabinet.ts';
import { type Line, quantile } from './table.ts';

const DOCTOR = 'b.primerov@example.ru';
const AIM_MS = 2_000;

/** `ids` are paid consultations of the doctor on duty, `cookie` is the session of their patient. */
export async function measureSigning(urls: Urls, cookie: string, ids: readonly string[]): Promise<Line[]> {
  const doctor = await comesByCode(urls, DOCTOR);
  const pages: number[] = [];
  const files: number[] = [];
  for (const id of ids) {
    await meet(urls, id, [cookie, doctor]);
    // The room writes the two attendances before it is true that they have met.
    await eventually(async () => {
      const answer = await form(`${urls.cabinet}/desk/consultations/${id}/conclusion`, { outcome: 'tookPlace' }, doctor);
      return answer.headers.get('location') === '/desk' ? true : null;
    }, 20);
    const fields = { round: '1', version: '0', complaints: 'Кашель', conclusion: 'Нужен осмотр', recommendations: 'Тёплое питьё' };
    await done(form(`${urls.cabinet}/desk/consultations/${id}/protocol`, fields, doctor));
    const from = performance.now();
    const get = (path: string) => fetch(urls.cabinet + path, { headers: { cookie, 'accept-language': 'ru' }, redirect: 'manual' });
    const address = await eventually(async () => (await get(`/consultations/${id}/protocol`)).headers.get('location'), 20);
    await eventually(async () => ((await get(address)).status === 200 ? true : null), 20);
    pages.push(performance.now() - from);
    await eventually(async () => ((await get(`${address}.pdf`)).status === 200 ? true : null), 20);
    files.push(performance.now() - from);
  }
  const line = (what: string, ms: readonly number[]): Line => {
    const middle = quantile(ms, 0.5);
    return { what: `${what}, p50 of ${ms.length}`, figure: `${middle.toFixed(0)} ms`, target: `< ${AIM_MS} ms`, met: middle < AIM_MS };
  };
  return [line('signed → the page in the card', pages), line('signed → the PDF in the card', files)];
}

async function done(answer: Promise<Response>): Promise<void> {
  const { status } = await answer;
  if (status !== 303) throw new Error(`The doctor's form was answered with ${status}.`);
}
