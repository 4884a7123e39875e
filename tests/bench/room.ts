// `npm run bench:room`: measures the room in a real browser with the stand's SFU: from the click to the first frame of the other
// participant, a reload, an interrupted connection, a lost session; the SFU's processor time; the size of the scripts. One run, one table.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Cabinet } from '../journeys/cabinet.ts';
import { blackhole, killEverySession, meet, join, ROOM_COMPLAINTS, roomOf, seeAndHear, sfuStats } from '../journeys/meeting.ts';
import { lower, raise } from '../journeys/stands.ts';
import { type Line, quantile, table } from './table.ts';

const JOINS = Number(process.env['BENCH_JOINS'] ?? 20);
const RELOADS = Math.ceil(JOINS / 2);
const OUTAGES = Math.ceil(JOINS / 4);
/** How long the SFU's processor time is measured with one call, ms. */
const CPU_MS = 60_000;

/** LiveKit 1.13 measured on a machine of this kind. */
const BAR = { firstFrameMs: 410, reloadMs: 630, outageMs: 300, killedMs: 3_000, cpuPercent: 5, scriptBytes: 40 * 1024 };

const people: Cabinet[] = [];

async function measured(): Promise<Line[]> {
  const patient = await comes(360);
  const doctor = await comes(1280);
  await Promise.all([timed(patient), timed(doctor)]);
  const id = await meet(patient, doctor, 'Пробников', '09:00');
  await seeAndHear(patient, doctor);
  const joins = await times(JOINS, () => joined(patient, id));
  const reloads = await times(RELOADS, () => reloaded(patient));
  const { cpu, mbps } = await sfuCpu();
  const short = await times(OUTAGES, () => cut(3_000, patient, doctor));
  const long = await times(Math.min(2, OUTAGES), () => cut(10_000, patient, doctor));
  const killed = await times(OUTAGES, () => died(patient, doctor));
  return [
    ...spread('click → first frame of the other one', joins, BAR.firstFrameMs),
    ...spread('reload → first frame', reloads, BAR.reloadMs),
    ...spread('3 s without a packet: back after', short, BAR.outageMs),
    ...spread('10 s without a packet: back after', long, null),
    ...spread('session killed at the SFU: back after', killed, BAR.killedMs),
    {
      what: `SFU, of one core, one call of ${mbps.toFixed(1)} Mbit/s in and out`,
      figure: `${cpu.toFixed(1)} %`,
      target: `≤ ${BAR.cpuPercent} %`,
      met: cpu <= BAR.cpuPercent,
    },
    scripts(),
  ];
}

async function comes(width: 360 | 1280): Promise<Cabinet> {
  const person = await Cabinet.open({ stand: 'meeting', width, equipment: 'lively', expects: ROOM_COMPLAINTS });
  people.push(person);
  return person;
}

async function times(count: number, act: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let turn = 0; turn < count; turn++) all.push(await act());
  return all;
}

interface Marks {
  clickedAt: number;
  /** Wall-clock instants of the other participant's frames, ms, the last few hundred. */
  frames: number[];
}

/** Records the click on the button and every frame of the other participant that was drawn. */
async function timed({ page }: Cabinet): Promise<void> {
  await page.addInitScript(() => {
    const marks: Marks = { clickedAt: 0, frames: [] };
    Object.assign(globalThis, { marks });
    const wall = () => performance.timeOrigin + performance.now();
    addEventListener(
      'click',
      ({ target }) => target instanceof Element && target.closest('[data-join]') && (marks.clickedAt = wall()),
      true,
    );
    addEventListener('DOMContentLoaded', () => {
      const video = document.querySelector<HTMLVideoElement>('[data-remote]');
      const drawn = () => {
        marks.frames = [...marks.frames.slice(-600), wall()];
        video?.requestVideoFrameCallback(drawn);
      };
      video?.requestVideoFrameCallback(drawn);
    });
  });
}

const marksOf = ({ page }: Cabinet): Promise<Marks> => page.evaluate(() => (globalThis as unknown as { marks: Marks }).marks);

/** Waits for the first frame after `at` and returns ms since then. */
async function firstFrameAfter(person: Cabinet, at: number): Promise<number> {
  const handle = await person.page.waitForFunction(
    since => (globalThis as unknown as { marks: Marks }).marks.frames.find(frame => frame > since) ?? 0,
    at,
    { timeout: 60_000, polling: 20 },
  );
  return (await handle.jsonValue()) - at;
}

/** Leaves and comes back: waits two seconds in the waiting room, then presses the button. */
async function joined(patient: Cabinet, id: string): Promise<number> {
  await patient.page.locator('[data-leave]').click();
  await patient.page.waitForURL('**/appointments');
  await patient.open(roomOf('patient', id));
  await patient.page.waitForTimeout(2_000);
  await join(patient);
  const { clickedAt } = await marksOf(patient);
  return await firstFrameAfter(patient, clickedAt);
}

async function reloaded(patient: Cabinet): Promise<number> {
  await patient.page.waitForTimeout(1_000);
  const from = Date.now();
  await patient.page.reload({ waitUntil: 'commit' });
  return await firstFrameAfter(patient, from);
}

/** How long after the end of an outage the slower of the two sees the other again, ms. */
async function cut(ms: number, ...both: Cabinet[]): Promise<number> {
  await blackhole('meeting', ms);
  const end = Date.now() + ms;
  await both[0]?.page.waitForTimeout(ms);
  const back = await Promise.all(both.map(person => firstFrameAfter(person, end)));
  await seeAndHear(...both);
  return Math.max(...back);
}

/** From the end of both sessions to the first frame of new ones, for the slower of the two, ms. */
async function died(...both: Cabinet[]): Promise<number> {
  await killEverySession('meeting');
  const at = Date.now();
  // Frames that are still in the browser's buffers are drawn for a moment after the end.
  const back = await Promise.all(both.map(person => firstFrameAfter(person, at + 700)));
  await seeAndHear(...both);
  return Math.max(...back) + 700;
}

async function sfuCpu(): Promise<{ cpu: number; mbps: number }> {
  const before = (await sfuStats('meeting')).process;
  await new Promise(resolve => setTimeout(resolve, CPU_MS));
  const { process: after, sessions } = await sfuStats('meeting');
  const bits = sessions.flatMap(({ published }) => published).reduce((sum, { bitsPerSecond }) => sum + bitsPerSecond, 0);
  return { cpu: (100 * (after.cpuSeconds - before.cpuSeconds)) / (after.uptimeSeconds - before.uptimeSeconds), mbps: bits / 1e6 };
}

function spread(what: string, ms: readonly number[], bar: number | null): Line[] {
  const middle = quantile(ms, 0.5);
  return [
    {
      what: `${what}, p50 of ${ms.length}`,
      figure: `${middle.toFixed(0)} ms`,
      target: bar === null ? '' : `≤ ${bar} ms`,
      met: bar === null ? null : middle <= bar,
    },
    { what: '  the same, p95', figure: `${quantile(ms, 0.95).toFixed(0)} ms`, target: '', met: null },
  ];
}

/** All scripts that a room's page may load. */
function scripts(): Line {
  const folder = new URL('../../dist/assets/_a/', import.meta.url);
  const own = readdirSync(folder).filter(name => name.endsWith('.js') && !/^(main|htmx|style)-/.test(name));
  const bytes = own.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, folder)), { level: 9 }).length, 0);
  return { what: 'scripts of the room, gzip', figure: `${bytes} bytes`, target: `≤ ${BAR.scriptBytes}`, met: bytes <= BAR.scriptBytes };
}

try {
  await raise(['meeting']);
  console.log(table(await measured()));
} finally {
  await Promise.all(people.map(person => person.leave()));
  await lower();
}
process.exit(0);
