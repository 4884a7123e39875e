// A long call: a minute without packets, a camera that gives no frames, then half an hour in which no video freezes and no memory grows.
// LONG_MINUTES makes it shorter.
import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Cabinet } from '../journeys/cabinet.ts';
import { journeyInTurn } from '../journeys/journey.ts';
import { blackhole, meet, ROOM_COMPLAINTS, seeAndHear, sfuMemory } from '../journeys/meeting.ts';
import { lower, raise } from '../journeys/stands.ts';

const MINUTES = Number(process.env['LONG_MINUTES'] ?? 30);
const LOOK_MS = 10_000;
/** The longest total of video freezes within one check, seconds. */
const STILL_S = 0.5;
/** How much more memory browsers and the SFU may use at the end than after two minutes. A leak of three packets per second exceeds it. */
const SLACK_BYTES = 4 * 1024 * 1024;
/** The SFU's resident memory also contains garbage that is not collected yet. */
const RESIDENT_SLACK_BYTES = 48 * 1024 * 1024;

beforeAll(() => raise(['meeting']));
afterAll(lower);

journeyInTurn(
  'a minute without a packet, and both see and hear each other again without a hand',
  async enter => {
    const patient = await enter({ stand: 'meeting', width: 360, equipment: 'lively', expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', equipment: 'lively', expects: ROOM_COMPLAINTS });
    await meet(patient, doctor, 'Пробников', '09:00');
    await seeAndHear(patient, doctor);

    await blackhole('meeting', 60_000);
    await patient.page.getByText('Связь прервалась').waitFor();
    await patient.page.waitForTimeout(60_000);

    await seeAndHear(patient, doctor);
  },
  240_000,
);

journeyInTurn(
  'a camera that gave nothing for so long that Calls forgot it is seen again as soon as it does',
  async enter => {
    const patient = await enter({ stand: 'meeting', width: 360, equipment: 'lively', expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', equipment: 'lively', expects: ROOM_COMPLAINTS });
    await meet(patient, doctor, 'Шаблонов', '09:30');
    await seeAndHear(patient, doctor);

    await patient.page.locator('[data-opens=devices]').click();
    // The second made-up camera of Chromium gives no frames; the third does.
    await patient.page.locator('#choose-camera').selectOption({ index: 1 });
    await patient.page.waitForTimeout(40_000);
    await patient.page.locator('#choose-camera').selectOption({ index: 2 });

    await seeAndHear(patient, doctor);
  },
  180_000,
);

journeyInTurn(
  `a talk of ${MINUTES} minutes: no picture stands still, no memory grows`,
  async enter => {
    const patient = await enter({ stand: 'meeting', width: 360, equipment: 'lively', expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', equipment: 'lively', expects: ROOM_COMPLAINTS });
    await meet(patient, doctor, 'Эскизова', '10:00');
    await seeAndHear(patient, doctor);
    const people = [patient, doctor];
    const devtools = await Promise.all(people.map(({ page }) => page.context().newCDPSession(page)));
    const memory = async () => {
      const sfu = await sfuMemory('meeting');
      return { held: [...(await Promise.all(devtools.map(heapOf))), sfu.heldBytes], resident: sfu.rssBytes };
    };

    let before = await Promise.all(people.map(received));
    let early = await memory();
    const worst = people.map(() => 0);
    const looks = Math.max(12, (MINUTES * 60_000) / LOOK_MS);
    for (let look = 1; look <= looks; look++) {
      await patient.page.waitForTimeout(LOOK_MS);
      const now = await Promise.all(people.map(received));
      for (const [n, { frames, stillS }] of now.entries()) {
        expect(frames, `frames of ${n} at look ${look}`).toBeGreaterThan(before[n]?.frames ?? 0);
        worst[n] = Math.max(worst[n] ?? 0, stillS - (before[n]?.stillS ?? 0));
      }
      before = now;
      if (look === Math.min(12, Math.floor(looks / 2))) early = await memory();
    }

    console.log('seconds without a frame in the worst look of each:', worst);
    for (const seconds of worst) expect(seconds, 'seconds without a frame in one look').toBeLessThan(STILL_S);
    const late = await memory();
    console.log('bytes held by the two pages and the SFU, and resident:', early, '→', late);
    for (const [n, bytes] of late.held.entries()) expect(bytes).toBeLessThan((early.held[n] ?? 0) + SLACK_BYTES);
    expect(late.resident).toBeLessThan(early.resident + RESIDENT_SLACK_BYTES);
  },
  (MINUTES + 10) * 60_000,
);

/** The memory in use after a garbage collection. */
async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}

const received = ({ page }: Cabinet): Promise<{ frames: number; stillS: number }> =>
  page.evaluate(async () => {
    const { made } = globalThis as unknown as { made: RTCPeerConnection[] };
    const sum = { frames: 0, stillS: 0 };
    for (const connection of made.filter(one => one.connectionState === 'connected')) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'video') continue;
        sum.frames += report.framesDecoded ?? 0;
        sum.stillS += report.totalFreezesDuration ?? 0;
      }
    }
    return sum;
  });
