// «Проверка связи» days before a visit with the stand's call server, and moving a visit to a phone without a session. meeting.ts runs these
// after its own stories, because those break the connections that the check uses.
import { expect } from 'vitest';
import { ON_DUTY } from '../cabinet.ts';
import { journeyInTurn } from '../journey.ts';
import { looksWell } from '../looks.ts';

export const tellOfChecking = (): void =>
  journeyInTurn(
    'a patient checks the connection, finds the result again in the waiting room and takes the visit over to a phone',
    async enter => {
      // The room's scripts may be larger than a page of the booking path; a used address is answered with 404.
      const expects = [/\/_a\/.* weighs/, /status of 404 .*\/handover/];
      const laptop = await enter({ stand: 'meeting', expects });
      await laptop.comeInAs('Моделева');
      const id = await laptop.book({ clock: '16:00' }, ON_DUTY);
      await laptop.goToPay();
      await laptop.payWith('4444');
      await laptop.sees('Оплата получена');

      await laptop.open('/appointments');
      await laptop.page.getByRole('link', { name: 'Проверить связь' }).click();
      await laptop.page.getByRole('button', { name: 'Проверить', exact: true }).click();
      await laptop.sees('Всё готово к приёму.');
      await laptop.sees(/^Хватит для видео/);
      await looksWell(laptop, 'check');

      await laptop.open(`/consultations/${id}/room`);
      await laptop.sees(/^Последняя проверка: сегодня/);
      await laptop.page.locator('[data-join]:visible').first().click();
      await laptop.page.locator('[data-opens=devices]').click();
      await laptop.page.getByRole('button', { name: 'Показать код' }).last().click();
      const address = await laptop.page.locator('#handover-panel [data-address]').innerText();
      await looksWell(laptop, 'handover-code');

      const phone = await enter({ stand: 'meeting', width: 360, expects });
      await phone.open(address);
      await phone.sees('Продолжить приём на этом устройстве?');
      await looksWell(phone, 'handover');
      await phone.page.getByRole('button', { name: 'Продолжить здесь' }).click();
      await phone.page.waitForURL(`**/consultations/${id}/room`);
      await phone.page.locator('[data-join]:visible').first().click();
      await laptop.sees('Приём открыт на другом устройстве');
      expect(await phone.page.locator('[data-cover]').isHidden()).toBe(true);
      // The code is no longer needed, and there is nothing to control here.
      await laptop.page.locator('.qr').waitFor({ state: 'detached' });
      expect(await laptop.page.locator('[data-toggle]:visible, [data-opens]:visible').count()).toBe(0);

      await phone.open(address);
      await phone.sees('Этот код больше не действует');
    },
  );
