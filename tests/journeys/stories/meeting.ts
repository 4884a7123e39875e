// «Онлайн-приём»: two people in two browsers meet, see and hear each other, and come back from whatever befalls them.
import { expect } from 'vitest';
import { type Cabinet, ON_DUTY } from '../cabinet.ts';
import { type Enter, journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { codeTo, eventually } from '../outside.ts';
import { portsOf } from '../stands.ts';

const DOCTOR = 'b.primerov@example.ru';
const calls = `http://127.0.0.1:${portsOf('meeting').CALLS}`;

journey(
  'a patient on a phone and a doctor see and hear each other, whatever befalls the line, until the doctor ends it for both',
  async enter => {
    const { patient, doctor, id } = await met(enter, 'Пробников', '09:00');
    await seeAndHear(patient, doctor);
    await looksWell(patient, 'room-patient');
    await looksWell(doctor, 'room-doctor');

    await writes(patient, 'Здравствуйте, слышно хорошо.');
    await doctor.page.locator('[data-opens=chat]').click();
    await doctor.page.locator('[data-thread]').getByText('Здравствуйте, слышно хорошо.').waitFor();

    // Reloading comes back to the same call without being asked.
    await patient.page.reload();
    await seeAndHear(patient, doctor);

    await killEverySession();
    await seeAndHear(patient, doctor);

    await doctor.page.locator('[data-leave]').click();
    await doctor.page.getByRole('radio', { name: /^Состоялся/ }).check();
    await doctor.page.getByRole('button', { name: 'Завершить приём' }).last().click();
    await patient.sees('Приём завершён');
    await patient.open(`/consultations/${id}`);
    await patient.sees('Состоялась');
  },
);

async function killEverySession(): Promise<void> {
  const { sessions } = (await (await fetch(`${calls}/__stand/stats`)).json()) as { sessions: { id: string }[] };
  expect(sessions.length).toBeGreaterThanOrEqual(2);
  await Promise.all(sessions.map(({ id }) => fetch(`${calls}/__stand/kill?session=${id}`, { method: 'POST' })));
}

async function met(enter: Enter, familyName: string, clock: string): Promise<{ patient: Cabinet; doctor: Cabinet; id: string }> {
  // The room's scripts may weigh more than a page of the booking path; a session that was killed is answered with 502 as it is closed.
  const expects = [/\/_a\/.* weighs/, /status of 502 .*\/calls\//];
  const patient = await enter({ stand: 'meeting', width: 360, expects });
  const doctor = await enter({ stand: 'meeting', expects });
  await Promise.all([watched(patient), watched(doctor)]);
  await patient.comeInAs(familyName);
  const id = await patient.book({ clock }, ON_DUTY);
  await patient.goToPay();
  await patient.payWith('4444');
  await patient.sees('Оплата получена');
  await doctor.signInByCode(DOCTOR, email => codeTo('meeting', email));
  await doctor.page.waitForURL('**/desk');
  await patient.open(`/consultations/${id}/room`);
  await doctor.open(`/desk/consultations/${id}`);
  await doctor.page.locator('[data-join]:visible').first().click();
  await patient.page.locator('[data-join]:visible').first().click();
  return { patient, doctor, id };
}

async function writes(who: Cabinet, text: string): Promise<void> {
  await who.page.locator('[data-opens=chat]').click();
  await who.page.locator('[data-chat-form] input[name=text]').fill(text);
  await who.page.locator('[data-chat-form] button').click();
}

interface Received {
  readonly frames: number;
  readonly bytes: number;
  readonly energy: number;
}

/** Keeps every connection that the page makes, so that its own figures can be read. */
async function watched({ page }: Cabinet): Promise<void> {
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

/** What the newest living connection has received: frames decoded, bytes and sound. */
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

/** Frames of the other side are drawn, bytes and sound arrive, and all three grow, on every screen. */
async function seeAndHear(...people: Cabinet[]): Promise<void> {
  await Promise.all(
    people.map(async person => {
      await eventually(async () => {
        const before = await received(person);
        await person.page.waitForTimeout(500);
        const after = await received(person);
        expect(after.frames, 'frames').toBeGreaterThan(before.frames);
        expect(after.bytes, 'bytes').toBeGreaterThan(before.bytes);
        expect(after.energy, 'sound').toBeGreaterThan(before.energy);
      });
      await person.page.locator('[data-remote]:visible').waitFor();
    }),
  );
}
