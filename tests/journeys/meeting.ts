// Two people in the room of a paid consultation: how they get there, what their browsers receive from each other, and network faults
// between them. Used by the stories of meeting.ts and by the bench of the room.
import type { Cookie } from 'playwright-core';
import { expect } from 'vitest';
import { type Cabinet, ON_DUTY } from './cabinet.ts';
import { codeTo, eventually } from './outside.ts';
import { type StandName, standOf } from './stands.ts';

const DOCTOR_EMAIL = 'b.primerov@example.ru';

/**
 * The room's scripts may be larger than a page of the booking path; for a lost session the SFU returns an error status. A pull that is under way when the
 * room ends, or when the other one has just replaced a track, is refused with 403 (partytracks repeats it); cabinet.ts complains about any other reason.
 */
export const ROOM_COMPLAINTS = [
  /\/_a\/.* weighs/,
  /status of (410|502) .*\/calls\//,
  /status of 403 .*\/calls\/sessions\/\w+\/tracks\/new/,
];

/** From no session to a paid appointment; returns its id. */
export async function bookAndPay(patient: Cabinet, familyName: string, clock: string): Promise<string> {
  await patient.comeInAs(familyName);
  const id = await patient.book({ clock }, ON_DUTY);
  await patient.goToPay();
  await patient.payWith('4444');
  await patient.sees('Оплата получена');
  return id;
}

const sessions = new Map<StandName, Promise<Cookie[]>>();

/**
 * One doctor takes part in several stories and signs in by a letter only once, as on a working day; later browsers get the same session.
 */
export async function comesToDesk(doctor: Cabinet): Promise<void> {
  const session = sessions.get(doctor.stand) ?? comesByLetter(doctor);
  sessions.set(doctor.stand, session);
  session.catch(() => sessions.delete(doctor.stand));
  await doctor.page.context().addCookies(await session);
  await doctor.open('/desk');
}

async function comesByLetter(doctor: Cabinet): Promise<Cookie[]> {
  await doctor.signInByCode(DOCTOR_EMAIL, email => codeTo(doctor.stand, email));
  await doctor.page.waitForURL('**/desk');
  return await doctor.page.context().cookies();
}

export const roomOf = (who: 'patient' | 'doctor', id: string): string =>
  who === 'patient' ? `/consultations/${id}/room` : `/desk/consultations/${id}`;

/** Presses «Онлайн-приём», wherever the page has put it. */
export const join = ({ page }: Cabinet): Promise<void> => page.locator('[data-join]:visible').first().click();

/** Books, pays, opens both rooms and presses the button on both sides. */
export async function meet(patient: Cabinet, doctor: Cabinet, familyName: string, clock: string): Promise<string> {
  await Promise.all([watched(patient), watched(doctor)]);
  const id = await bookAndPay(patient, familyName, clock);
  await comesToDesk(doctor);
  await patient.open(roomOf('patient', id));
  await doctor.open(roomOf('doctor', id));
  await join(doctor);
  await join(patient);
  return id;
}

interface Kept {
  readonly taken: MediaStreamTrack[];
  readonly locks: { released: boolean }[];
}

/**
 * Keeps the tracks of the page's own devices, so that one can be taken away as a phone call does, and counts locks of the screen. Headless browsers
 * have neither calls nor screens: the tracks are real, `muted`, its events and the locks are made up.
 */
export async function interruptible({ page }: Cabinet): Promise<void> {
  await page.addInitScript(() => {
    const kept: Kept = { taken: [], locks: [] };
    Object.assign(globalThis, { kept });
    const devices = MediaDevices.prototype;
    const ask = devices.getUserMedia;
    devices.getUserMedia = async function (...given) {
      const stream = await ask.apply(this, given);
      kept.taken.push(...stream.getTracks());
      return stream;
    };
    const request = async () => {
      const lock = {
        released: false,
        release: async () => {
          lock.released = true;
        },
      };
      kept.locks.push(lock);
      return lock;
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
}

/** The system takes the microphone or the camera away, or gives it back. */
export const takesAway = ({ page }: Cabinet, kind: 'audio' | 'video', isMuted: boolean): Promise<void> =>
  page.evaluate(
    ({ kind, isMuted }) => {
      const { kept } = globalThis as unknown as { kept: Kept };
      const track = kept.taken.findLast(one => one.kind === kind && one.readyState === 'live');
      if (track === undefined) throw new Error('No such track.');
      Object.defineProperty(track, 'muted', { value: isMuted, configurable: true });
      track.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
    },
    { kind, isMuted },
  );

/** How many tracks the page has taken, how often it asked for a lock of the screen, and how many it holds. */
export const keptOf = ({ page }: Cabinet): Promise<{ taken: number; asked: number; held: number }> =>
  page.evaluate(() => {
    const { taken, locks } = (globalThis as unknown as { kept: Kept }).kept;
    return { taken: taken.length, asked: locks.length, held: locks.filter(({ released }) => !released).length };
  });

/** The tab is hidden, which ends every lock, and visible again. */
export const looksAway = ({ page }: Cabinet): Promise<void> =>
  page.evaluate(() => {
    for (const lock of (globalThis as unknown as { kept: Kept }).kept.locks) lock.released = true;
    document.dispatchEvent(new Event('visibilitychange'));
  });

interface Received {
  readonly frames: number;
  readonly bytes: number;
  readonly energy: number;
}

/** Keeps every connection that the page makes, so that its statistics can be read. */
export async function watched({ page }: Cabinet): Promise<void> {
  await page.addInitScript(() => {
    const made: RTCPeerConnection[] = [];
    Object.assign(globalThis, { made });
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...given);
        made.push(this);
      }
    };
  });
}

/** What the connected peer connections have received: frames decoded, bytes and sound energy. */
const received = ({ page }: Cabinet): Promise<Received> =>
  page.evaluate(async () => {
    const { made } = globalThis as unknown as { made: RTCPeerConnection[] };
    const sum = { frames: 0, bytes: 0, energy: 0 };
    for (const connection of made.filter(one => one.connectionState === 'connected')) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        sum.frames += report.framesDecoded ?? 0;
        sum.bytes += report.bytesReceived ?? 0;
        sum.energy += report.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  });

/** Waits until the other side's frames are drawn and frames, bytes and sound grow, on every screen. */
export async function seeAndHear(...people: Cabinet[]): Promise<void> {
  await Promise.all(
    people.map(async person => {
      await grows(person, ['frames', 'bytes', 'energy']);
      await person.page.locator('[data-remote]:visible').waitFor();
    }),
  );
}

/** Waits until sound arrives, with or without a picture. */
export const hear = (person: Cabinet): Promise<void> => grows(person, ['bytes', 'energy']);

const grows = (person: Cabinet, what: readonly (keyof Received)[]): Promise<void> =>
  eventually(async () => {
    const before = await received(person);
    await person.page.waitForTimeout(500);
    const after = await received(person);
    for (const name of what) expect(after[name], name).toBeGreaterThan(before[name]);
  }, 90_000);

export async function writes(who: Cabinet, text: string): Promise<void> {
  const form = who.page.locator('[data-chat-form]');
  if (!(await form.isVisible())) await who.page.locator('[data-opens=chat]').click();
  await form.locator('input[name=text]').fill(text);
  await form.locator('button').click();
}

/** Waits until the text is in the thread; the chat panel need not be open. */
export const reads = (who: Cabinet, text: string): Promise<void> =>
  who.page.locator('[data-thread]').getByText(text).waitFor({ state: 'attached', timeout: 60_000 });

/** A phone in landscape, 200 % zoom of a laptop's window, an on-screen keyboard; the smallest target for a finger. */
const LOW = [
  { width: 740, height: 360 },
  { width: 640, height: 360 },
  { width: 360, height: 400 },
  { width: 740, height: 180 },
] as const;
const FINGER = 44;

/**
 * At any height of the window all buttons of the call and the text field are completely inside it, and one's own picture covers no name.
 */
export async function staysOnScreen({ page }: Cabinet): Promise<void> {
  const before = page.viewportSize();
  for (const size of LOW) {
    await page.setViewportSize(size);
    await page.evaluate(() => scrollTo(0, 0));
    const buttons = page.locator('#call').locator('.ctl:visible, .chat button:visible, .attach:visible, .chat input[name=text]:visible');
    const boxes = await buttons.evaluateAll(found =>
      found.map(button => {
        const { left, top, right, bottom, width, height } = button.getBoundingClientRect();
        const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
        return { words: button.textContent?.trim() ?? '', isInside, least: Math.min(width, height) };
      }),
    );
    const where = `${size.width}×${size.height}`;
    expect(boxes.length, where).toBeGreaterThan(4);
    expect(
      boxes.filter(({ isInside, least }) => !isInside || least < FINGER),
      where,
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight), where).toBeLessThanOrEqual(0);
    const [own, name] = await Promise.all([page.locator('.self').boundingBox(), page.locator('.stage .name').boundingBox()]);
    expect(own?.x, where).toBeGreaterThan((name?.x ?? 0) + (name?.width ?? 0));
  }
  if (before !== null) await page.setViewportSize(before);
}

interface SfuSession {
  readonly id: string;
  readonly state: string;
  readonly published: readonly { readonly trackName: string; readonly kind: string; readonly bitsPerSecond: number }[];
}

export interface SfuStats {
  readonly sessions: readonly SfuSession[];
  readonly process: { readonly cpuSeconds: number; readonly uptimeSeconds: number };
}

export const sfuStats = async (stand: StandName): Promise<SfuStats> =>
  (await (await fetch(`${standOf(stand).urls.calls}/__stand/stats`)).json()) as SfuStats;

/** Bytes that the SFU uses after a garbage collection, and its resident memory. */
export const sfuMemory = async (stand: StandName): Promise<{ readonly heldBytes: number; readonly rssBytes: number }> =>
  (await (await fetch(`${standOf(stand).urls.calls}/__stand/memory`)).json()) as { heldBytes: number; rssBytes: number };

/** Ends every session of the SFU without notice, as when one of its servers fails. */
export async function killEverySession(stand: StandName): Promise<void> {
  const { sessions } = await sfuStats(stand);
  expect(sessions.length).toBeGreaterThanOrEqual(2);
  await Promise.all(sessions.map(({ id }) => fetch(`${standOf(stand).urls.calls}/__stand/kill?session=${id}`, { method: 'POST' })));
}

/** Drops all packets between the browsers and the SFU for this time, ms. */
export async function blackhole(stand: StandName, ms: number): Promise<void> {
  const answer = await fetch(`${standOf(stand).urls.calls}/__stand/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'blackhole', ms }),
  });
  expect(answer.status).toBe(200);
}

/** The doctor ends the visit in the room with the outcome of this label. */
export async function concludes(doctor: Cabinet, outcome: string): Promise<void> {
  await doctor.page.locator('[data-leave]').click();
  await doctor.page.getByRole('radio', { name: new RegExp(`^${outcome}`) }).check();
  await doctor.page.getByRole('button', { name: 'Завершить приём' }).last().click();
}
