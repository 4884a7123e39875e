// The benches' client of the cabinet: sends forms without a browser, and waits until something appears.
import type { up } from '../../stand/up.ts';
import { DAY, PRIMEROV } from '../cast.ts';

export type Urls = Awaited<ReturnType<typeof up>>['urls'];

export async function eventually<T>(look: () => Promise<T | null>, everyMs = 100): Promise<T> {
  for (let waited = 0; waited < 30_000; waited += everyMs) {
    const seen = await look();
    if (seen !== null) return seen;
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  throw new Error('It did not happen within half a minute.');
}

export const form = (url: string, fields: Record<string, string>, cookie: string): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie, origin: new URL(url).origin }, redirect: 'manual' });

export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map(line => line.split(';')[0] ?? '')
    .filter(pair => !pair.endsWith('='))
    .join('; ');

/** Signs in with a code from a letter. */
export async function comesByCode(urls: Urls, email: string): Promise<string> {
  const asked = await form(`${urls.cabinet}/sign-in/code`, { email }, '');
  const code = await eventually(async () => {
    const letters = (await (await fetch(`${urls.mail}/__stand/letters?to=${email}`)).json()) as { text: string }[];
    return /\b\d{6}\b/.exec(letters.at(-1)?.text ?? '')?.[0] ?? null;
  });
  return cookiesOf(await form(`${urls.cabinet}/sign-in/code`, { code }, cookiesOf(asked)));
}

export const PATIENT = 'maya@example.ru';

/** Signs in as the patient identified at the front desk, and signs the documents. */
export async function comesAsPatient(urls: Urls): Promise<string> {
  const cookie = await comesByCode(urls, PATIENT);
  const page = await (await fetch(`${urls.cabinet}/consents`, { headers: { cookie } })).text();
  const documents = [...page.matchAll(/name="document" value="([^"]+)"/g)].map(m => ['document', m[1] ?? '']);
  await fetch(`${urls.cabinet}/consents`, {
    method: 'POST',
    body: new URLSearchParams(documents),
    headers: { cookie },
    redirect: 'manual',
  });
  return cookie;
}

/** Reserves a time of the doctor on duty on the day after tomorrow, a quarter of an hour later in each round. */
export async function reserve(urls: Urls, cookie: string, round: number): Promise<{ id: string; confirmedAt: number }> {
  const startsAt = Math.ceil(Date.now() / DAY) * DAY + DAY + round * 15 * 60_000;
  const confirmedAt = Date.now();
  const fields = { doctorId: PRIMEROV.doctorId, startsAt: String(startsAt), email: PATIENT, read: 'on', requestKey: crypto.randomUUID() };
  const response = await form(`${urls.cabinet}/consultations`, fields, cookie);
  if (response.headers.get('location') !== '/appointments') throw new Error(`The reservation was answered with ${response.status}.`);
  const page = await (await fetch(`${urls.cabinet}/appointments`, { headers: { cookie } })).text();
  const id = /\/consultations\/([0-9a-f-]{36})\/payment/.exec(page)?.[1] ?? '';
  return { id, confirmedAt };
}

/** Begins the payment of a reservation, and the bank takes the money. */
export async function pay(urls: Urls, cookie: string, id: string): Promise<void> {
  const begun = await form(`${urls.cabinet}/consultations/${id}/payment`, {}, cookie);
  const paymentId = /\/checkout\/([\w-]+)/.exec(await begun.text())?.[1] ?? '';
  await fetch(`${urls.yookassa}/__stand/pay`, {
    method: 'POST',
    body: JSON.stringify({ paymentId, card: '5555555555554444' }),
    headers: { 'content-type': 'application/json' },
  });
}

/** Both come into the call: the outcome «took place» follows from it. Returns their sockets. */
export function meet(urls: Urls, id: string, cookies: readonly string[]): Promise<WebSocket[]> {
  const inCall = JSON.stringify({ type: 'state', inCall: true, mic: false, cam: false, screen: false, tracks: {} });
  return Promise.all(
    cookies.map(async cookie => {
      const headers = { cookie, origin: new URL(urls.cabinet).origin };
      const answer = await fetch(`${urls.cabinet}/consultations/${id}/room/pass`, { method: 'POST', headers });
      if (answer.status !== 200) throw new Error(`No pass: ${answer.status} ${await answer.text()}`);
      const { pass } = (await answer.json()) as { pass: string };
      const address = new URL(`/consultations/${id}/room/socket`, urls.cabinet);
      address.protocol = 'ws:';
      // Node's WebSocket accepts headers, a browser's does not.
      const socket = new WebSocket(address, { headers, protocols: ['room', `pass.${pass}`] } as unknown as string[]);
      await new Promise<void>((resolve, reject) => {
        socket.addEventListener('open', () => resolve(), { once: true });
        socket.addEventListener('error', () => reject(new Error('The socket did not open.')), { once: true });
      });
      socket.send(inCall);
      return socket;
    }),
  );
}
