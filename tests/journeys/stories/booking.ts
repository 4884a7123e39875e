// The first story of a patient: Gosuslugi, a doctor, an interval, ten minutes to pay, paid, a letter, and what a developer sees of it.
import { expect } from 'vitest';
import { ON_DUTY } from '../cabinet.ts';
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { calendarIn, eventually, letterTo, ports, workflowOf } from '../outside.ts';

journey('a patient books the doctor on duty, pays with 3-D Secure and has it in writing', async enter => {
  const anna = await enter({ stand: 'ordinary', zone: 'Asia/Yekaterinburg', width: 360 });
  const elsewhere = await enter({ stand: 'ordinary', width: 1280 });

  await anna.open('/sign-in');
  await looksWell(anna, 'sign-in');
  await anna.page.getByRole('link', { name: 'Войти через Госуслуги' }).click();
  await looksWell(anna, 'stand-gosuslugi');
  await anna.choosePerson('Тестова');
  await looksWell(anna, 'consents');
  await anna.acceptConsents();
  await anna.page.waitForURL('**/online');
  await looksWell(anna, 'online');
  await anna.choose(ON_DUTY, { clock: '10:00' });
  await looksWell(anna, 'confirmation');
  const id = await anna.confirm();
  await looksWell(anna, 'appointments-reserved');

  const first = await anna.secondsLeft();
  await eventually(async () => expect(await anna.secondsLeft()).toBeLessThan(first));
  await anna.page.reload();
  const reloaded = await anna.secondsLeft();
  await elsewhere.signInAs('Тестова');
  await elsewhere.open('/appointments');
  const onTheOther = await elsewhere.secondsLeft();
  expect(first).toBeLessThanOrEqual(600);
  expect(reloaded).toBeLessThan(first);
  expect(onTheOther).toBeLessThanOrEqual(reloaded);
  expect(onTheOther).toBeGreaterThan(420);

  await anna.goToPay();
  await looksWell(anna, 'stand-yookassa');
  await anna.payWith('4477');
  await anna.sees('Оплата получена, запись закреплена.');
  await looksWell(anna, 'payment-paid');
  await anna.open('/appointments');
  await anna.sees('Оплачена');
  await elsewhere.sees('Оплачена');
  await looksWell(anna, 'appointments-paid');
  await anna.open(`/consultations/${id}`);
  await looksWell(anna, 'consultation-paid');

  const { payments } = await ports('ordinary', id);
  expect(payments).toMatchObject([{ status: 'succeeded', amount: { value: '1500.00', currency: 'RUB' } }]);

  const letter = await letterTo('ordinary', 'anna@example.ru', 'Приём оплачен');
  const calendar = calendarIn(letter);
  expect(calendar).toContain(`UID:${id}@`);
  expect(calendar).toMatch(/SEQUENCE:0/);
  expect(calendar).toMatch(/DTSTART;TZID=Europe\/Moscow:\d{8}T100000/);
  expect(`${letter.subject} ${letter.text} ${letter.html} ${calendar}`).not.toMatch(/Примеров|Терапевт|Тестова|Анна/);

  const workflow = await eventually(async () => {
    const seen = await workflowOf('ordinary', id);
    expect(seen.state).toBe('paid');
    expect(seen.found).toContain(`consultation:${id}`);
    return seen;
  });
  expect(workflow).toMatchObject({ type: 'consultation', running: true });
  for (const secret of ['Тестова', 'Анна', 'anna@example.ru', 'Примеров', 'Терапевт', '999-000-001'])
    expect(workflow.history.includes(secret), secret).toBe(false);
});
