// Moving an appointment, and the options of the patient of a late doctor. meeting.ts runs the story of the late doctor after its own ones.
import { expect } from 'vitest';
import { journey, journeyInTurn } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { bookAndPay, comesToDesk, ROOM_COMPLAINTS, roomOf } from '../meeting.ts';
import { calendarIn, eventually, letterTo, ports, workflowOf } from '../outside.ts';

journey('a paid appointment moves to another time: the payment stays, the letter and its calendar entry follow', async enter => {
  const lev = await enter({ stand: 'ordinary', width: 360 });
  const id = await bookAndPay(lev, 'Третий', '19:00');

  await lev.open(`/consultations/${id}`);
  await lev.page
    .getByRole('link', { name: /^Перенести/ })
    .first()
    .click();
  await lev.sees('Свободные интервалы');
  await looksWell(lev, 'reschedule');
  await lev.pick({ clock: '20:15' });
  await looksWell(lev, 'reschedule-confirm');
  await lev.page.getByRole('button', { name: /^Перенести на/ }).click();

  await lev.page.waitForURL(`**/consultations/${id}`);
  await lev.sees(/20:15/);
  const letter = await letterTo('ordinary', 'test3@example.ru', /^Приём перенесён/);
  expect(calendarIn(letter)).toMatch(/SEQUENCE:1/);
  expect((await ports('ordinary', id)).refunds).toEqual([]);
  await eventually(async () => expect((await workflowOf('ordinary', id)).state).toBe('paid'));
});

export const tellOfDelay = (): void =>
  journeyInTurn('the patient of a doctor who says that it will be late takes the money back in one tap', async enter => {
    const patient = await enter({ stand: 'meeting', width: 360, expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', expects: ROOM_COMPLAINTS });
    const id = await bookAndPay(patient, 'Условнов', '17:00');
    await patient.open(roomOf('patient', id));
    await patient.sees('Врач ещё не подключился');

    await comesToDesk(doctor);
    const told = await doctor.page.evaluate(async address => {
      const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ minutes: '20' }) });
      // An unread body would delay the end of the test.
      await answer.text();
      return answer.ok;
    }, `/desk/consultations/${id}/late`);
    expect(told).toBe(true);

    // The offer appears in the open page without a reload.
    await patient.page.getByRole('button', { name: /^Вернуть/ }).waitFor();
    await looksWell(patient, 'delay-offer');
    await patient.page.getByRole('button', { name: /^Вернуть/ }).click();

    await eventually(async () => {
      expect((await ports('meeting', id)).refunds).toMatchObject([{ status: 'succeeded', amount: { value: '1500.00' } }]);
    });
    // The page goes there by itself.
    await patient.page.waitForURL(`**/consultations/${id}`);
    await patient.sees('Отменена клиникой');
    await eventually(async () => expect(await workflowOf('meeting', id)).toMatchObject({ state: 'cancelled', running: false }));
  });
