// The call while the clinic's own processes are killed: media continues without the edge, and recovers when the SFU itself was killed.
// misfortunes.ts runs these after its own stories, on the stand where things are broken.
import { expect } from 'vitest';
import { journeyInTurn } from '../journey.ts';
import { meet, reads, ROOM_COMPLAINTS, seeAndHear, writes } from '../meeting.ts';
import { kill } from '../stands.ts';

/** While a process is down, requests to it fail and the browser's console reports it. */
const DOWN = [...ROOM_COMPLAINTS, /Failed to load resource/, /WebSocket connection/];

export function tellOfBrokenCalls(): void {
  journeyInTurn('the talk goes on while the Worker is dead, and the chat catches up', async enter => {
    const patient = await enter({ stand: 'shaky', width: 360, expects: DOWN });
    const doctor = await enter({ stand: 'shaky', expects: DOWN });
    await meet(patient, doctor, 'Шаблонов', '15:00');
    await seeAndHear(patient, doctor);
    const connections = () => patient.page.evaluate(() => (globalThis as unknown as { made: unknown[] }).made.length);
    const before = await connections();

    const meanwhile = async () => {
      await writes(patient, 'Пишу, пока клиника не отвечает.');
      await seeAndHear(patient, doctor);
    };
    await Promise.all([kill('shaky', 'worker'), meanwhile()]);

    await reads(doctor, 'Пишу, пока клиника не отвечает.');
    await seeAndHear(patient, doctor);
    expect(await connections()).toBe(before);
  });

  journeyInTurn('the call comes back by itself after the SFU has been restarted', async enter => {
    const patient = await enter({ stand: 'shaky', width: 360, expects: DOWN });
    const doctor = await enter({ stand: 'shaky', expects: DOWN });
    await meet(patient, doctor, 'Первый', '15:30');
    await seeAndHear(patient, doctor);

    await kill('shaky', 'calls');

    await seeAndHear(patient, doctor);
  });
}
