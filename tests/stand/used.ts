// A stand on which the clinic has worked: one visit that took place, with its protocol and files, one that is ahead with an open room, one that
// waits for its payment. Used by the tests of backup and restore.
import { comesAsPatient, comesByCode, eventually, form, meet, pay, reserve, type Urls } from '../bench/cabinet.ts';
import { PRIMEROV } from '../cast.ts';

export const COMPLAINTS = 'Кашель и насморк третий день';
export const CHAT = 'Добрый день, доктор.';
export const PICTURE = Buffer.from(
  '/9j/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAALCABIAEABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwDrgAAAAHkD18AAPIA9fAAeQAAAAAAAPX3kAAAD18PIA9fAAAeQPXwAAAAA/9k=',
  'base64',
);

export interface Used {
  /** Cookies. */
  readonly patient: string;
  readonly doctor: string;
  readonly tookPlace: string;
  /** The address of the signed protocol in the card. */
  readonly protocol: string;
  readonly ahead: string;
  readonly unpaid: string;
}

export async function useStand(urls: Urls): Promise<Used> {
  const [patient, doctor] = [await comesAsPatient(urls), await comesByCode(urls, PRIMEROV.email)];
  const tookPlace = await paidVisit(urls, patient, 0);
  await meet(urls, tookPlace, [patient, doctor]);
  await eventually(async () => (await ended(urls, doctor, tookPlace)) || null, 20);
  const fields = { round: '1', version: '0', complaints: COMPLAINTS, conclusion: 'Нужен осмотр', recommendations: 'Тёплое питьё' };
  await form(`${urls.cabinet}/desk/consultations/${tookPlace}/protocol`, fields, doctor);
  const get = (path: string) => fetch(urls.cabinet + path, { headers: { cookie: patient }, redirect: 'manual' });
  const protocol = await eventually(async () => (await get(`/consultations/${tookPlace}/protocol`)).headers.get('location'), 20);
  await eventually(async () => ((await get(`${protocol}.pdf`)).status === 200 ? true : null), 20);

  const ahead = await paidVisit(urls, patient, 1);
  const [socket] = await meet(urls, ahead, [patient]);
  await said(socket, CHAT);
  await upload(`${urls.cabinet}/consultations/${ahead}/room/files`, patient);
  await upload(`${urls.cabinet}/card/files`, patient);
  const { id: unpaid } = await reserve(urls, patient, 2);
  return { patient, doctor, tookPlace, protocol, ahead, unpaid };
}

async function paidVisit(urls: Urls, patient: string, round: number): Promise<string> {
  const { id } = await reserve(urls, patient, round);
  await pay(urls, patient, id);
  await eventually(async () => {
    const page = await fetch(`${urls.cabinet}/consultations/${id}/payment`, { headers: { cookie: patient, 'accept-language': 'ru' } });
    return (await page.text()).includes('Оплата получена') ? true : null;
  });
  return id;
}

async function ended(urls: Urls, doctor: string, id: string): Promise<boolean> {
  const answer = await form(`${urls.cabinet}/desk/consultations/${id}/conclusion`, { outcome: 'tookPlace' }, doctor);
  return answer.headers.get('location') === '/desk';
}

/** Resolves when the room has kept the line and told it to everybody. */
function said(socket: WebSocket | undefined, text: string): Promise<void> {
  const heard = new Promise<void>(resolve => {
    socket?.addEventListener('message', ({ data }) => String(data).includes(text) && resolve());
  });
  socket?.send(JSON.stringify({ type: 'chat', clientId: crypto.randomUUID(), text }));
  return heard;
}

async function upload(url: string, cookie: string): Promise<void> {
  const body = new FormData();
  body.set('kind', 'photo');
  body.set('file', new File([PICTURE], 'снимок.jpg', { type: 'image/jpeg' }));
  const answer = await fetch(url, { method: 'POST', body, headers: { cookie, origin: new URL(url).origin }, redirect: 'manual' });
  if (![201, 303].includes(answer.status)) throw new Error(`The upload was answered with ${answer.status}: ${await answer.text()}`);
}
