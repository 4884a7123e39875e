// Faults around a consultation: lost notices, a provider that fails, processes that are killed. Each ends correctly without manual repair.
import { execFileSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import { journeyInTurn } from '../journey.ts';
import { tellOfBrokenCalls } from './meeting-broken.ts';
import { bankTakesMoney, letterTo, ports, yookassaIs } from '../outside.ts';
import { kill, pidOf } from '../stands.ts';

/** Longer than the stand needs to restart a killed process and the others to reconnect to it. */
const PATIENCE_MS = 60_000;

describe.concurrent('misfortunes, one after another', () => {
  journeyInTurn('a payment whose notice is lost is found when the patient comes back', async enter => {
    const anna = await enter({ stand: 'shaky' });
    await anna.comeInAs('Тестова');
    await anna.book({ clock: '10:00' });
    await yookassaIs('shaky', { kind: 'drop', on: 'payment.succeeded', count: 1 });

    await anna.goToPay();
    await anna.payWith('4444');

    // On a slow machine this path may take longer than the hold; then the payment is late, and the booking is still kept.
    await anna.page
      .getByText(/Оплата получена, запись закреплена\.|Запись сохранена\./)
      .first()
      .waitFor();
  });

  journeyInTurn('a payment whose notice is lost is found at the end of the hold when the patient never comes back', async enter => {
    const igor = await enter({ stand: 'shaky' });
    await igor.comeInAs('Пробников');
    const id = await igor.book({ clock: '10:30' });
    await igor.goToPay();
    await yookassaIs('shaky', { kind: 'drop', on: 'payment.succeeded', count: 1 });

    await bankTakesMoney('shaky', id);

    await letterTo('shaky', 'igor@example.ru', 'Приём оплачен');
    await igor.open('/appointments');
    await igor.sees('Оплачена');
  });

  journeyInTurn(
    'a provider that fails after it made the payment is told of with a number, and the next click pays that payment',
    async enter => {
      const zoya = await enter({ stand: 'shaky', expects: [/status of 502/] });
      await zoya.comeInAs('Наброскова');
      const id = await zoya.book({ clock: '11:00' });
      await yookassaIs('shaky', { kind: 'error', on: 'create-after', count: 1 });

      await zoya.page.getByRole('button', { name: /^Оплатить/ }).click();
      await zoya.sees('Платёжная служба не отвечает');
      await zoya.reads(/назовите номер: [2-9A-Z]{4}-[2-9A-Z]{2}/);
      await zoya.keepPicture('screens/payment-broken-1280');
      await zoya.goToPay();

      expect((await ports('shaky', id)).payments).toHaveLength(1);
      await zoya.payWith('4444');
      await zoya.sees('Оплата получена, запись закреплена.');
    },
  );

  for (const [name, who, email, clock] of [
    ['host', 'Макетов', 'lev@example.ru', '12:00'],
    ['temporal', 'Эскизова', 'nina@example.ru', '12:30'],
    ['worker', 'Условнов', 'petr@example.ru', '13:00'],
  ] as const) {
    journeyInTurn(`a reservation lapses although the process «${name}» is killed`, async enter => {
      const patient = await enter({ stand: 'shaky' });
      await patient.comeInAs(who);
      const id = await patient.book({ clock });
      await patient.page.goto('about:blank');

      await kill('shaky', name);

      await letterTo('shaky', email, 'Запись аннулирована', PATIENCE_MS);
      await patient.open(`/consultations/${id}`);
      await patient.sees('Не оплачена вовремя');
    });
  }

  journeyInTurn('money that comes while workerd is dead keeps the appointment', async enter => {
    const vera = await enter({ stand: 'shaky' });
    await vera.comeInAs('Моделева');
    const id = await vera.book({ clock: '14:00' });
    await vera.goToPay();

    process.kill(workerdOf(pidOf('shaky', 'worker')), 'SIGKILL');
    await bankTakesMoney('shaky', id);

    await letterTo('shaky', 'vera@example.ru', 'Приём оплачен', PATIENCE_MS);
    await vera.open('/appointments');
    await vera.sees('Оплачена');
  });

  tellOfBrokenCalls();
});

/** workerd is wrangler's child; both are in the process group that the stand created. */
function workerdOf(group: number): number {
  const lines = execFileSync('ps', ['-eo', 'pid=,pgid=,comm='], { encoding: 'utf8' }).split('\n');
  const found = lines.map(line => line.trim().split(/\s+/)).find(([, pgid, command]) => pgid === String(group) && command === 'workerd');
  if (found === undefined) throw new Error('No workerd in the group of the worker.');
  return Number(found[0]);
}
