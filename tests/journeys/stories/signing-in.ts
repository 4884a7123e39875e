// Signing in: the possible answers of Gosuslugi, and the code from a letter for people whom the clinic has identified.
import { expect } from 'vitest';
import { ON_DUTY } from '../cabinet.ts';
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { codeTo, letterTo } from '../outside.ts';

journey('somebody who does not let Gosuslugi tell who they are is told why they are not in', async enter => {
  const fyodor = await enter({ stand: 'ordinary' });

  await fyodor.signInAs('Отказов');
  await fyodor.sees('Вы не разрешили вход через Госуслуги.');
  await looksWell(fyodor, 'sign-in-refused');
  await fyodor.page.getByRole('link', { name: 'Войти через Госуслуги' }).click();
  await fyodor.page.getByRole('button', { name: 'Отказаться' }).click();

  await fyodor.sees('Вы не разрешили вход через Госуслуги.');
});

journey('an unconfirmed account comes in and is told why it cannot book', async enter => {
  const kira = await enter({ stand: 'ordinary', expects: [/status of 403/] });
  await kira.signInAs('Черновикова');
  await kira.sees('Учётная запись пока не подтверждена.');
  await looksWell(kira, 'consents-unconfirmed');
  await kira.acceptConsents();
  await kira.sees('Нужна подтверждённая учётная запись Госуслуг.');
  await looksWell(kira, 'online-unconfirmed');

  await kira.choose(ON_DUTY, { clock: '09:00' });

  await kira.sees('Сначала подтвердите учётную запись');
  await looksWell(kira, 'forbidden-unconfirmed');
});

journey('Gosuslugi that is slow or fails sends the person back with words about it', async enter => {
  const tikhon = await enter({ stand: 'ordinary' });
  const sboy = await enter({ stand: 'ordinary' });

  await Promise.all([tikhon.signInAs('Медленный'), sboy.signInAs('Сбоев')]);

  await tikhon.sees('Госуслуги сейчас не отвечают.');
  await sboy.sees('Госуслуги не подтвердили вход.');
});

journey('a patient without an e-mail at Gosuslugi gives one when booking, and mistakes stand beside their fields', async enter => {
  const oleg = await enter({ stand: 'ordinary', expects: [/status of 422/] });
  await oleg.comeInAs('Безпочтов');
  await oleg.choose(ON_DUTY, { clock: '11:00' });

  await oleg.page.getByLabel('Адрес электронной почты').fill('oleg.example.ru');
  await oleg.page.getByRole('button', { name: 'Подтвердить запись' }).click();
  await oleg.sees('Запись ещё не подтверждена');
  await looksWell(oleg, 'confirmation-mistakes');
  await oleg.page.getByLabel('Адрес электронной почты').fill('oleg@example.ru');
  await oleg.page.getByRole('checkbox').check();
  await oleg.page.getByRole('button', { name: 'Подтвердить запись' }).click();
  // Gosuslugi does not know this address, so a code confirms it.
  await oleg.sees('Введите код из письма');
  await looksWell(oleg, 'confirmation-code');
  await oleg.page.getByLabel('Код из 6 цифр').fill(await codeTo('ordinary', 'oleg@example.ru'));
  await oleg.confirm();

  const letter = await letterTo('ordinary', 'oleg@example.ru', 'Оплатите приём до');
  expect(letter.text).toMatch(/Интервал ваш до \d\d:\d\d/);
});

journey('a patient whom the clinic knows comes in by a code from a letter', async enter => {
  const maya = await enter({ stand: 'ordinary', expects: [/status of 422/] });
  await maya.open('/sign-in');
  await maya.page.getByLabel('Адрес электронной почты').fill('maya@example.ru');
  await maya.page.getByRole('button', { name: 'Получить код' }).click();
  await maya.sees('maya@example.ru');
  await looksWell(maya, 'sign-in-code');
  const code = await codeTo('ordinary', 'maya@example.ru');

  await maya.typeCode(code === '000000' ? '000001' : '000000');
  await maya.sees('Код не подошёл.');
  await looksWell(maya, 'sign-in-code-wrong');
  // Pasted as a mail program copies it: the browser cuts nothing before the digits are found.
  await maya.page.getByLabel('Код из 6 цифр').fill('');
  await maya.page.getByLabel('Код из 6 цифр').focus();
  await maya.page.keyboard.insertText(` Код: ${code.slice(0, 3)}-${code.slice(3)}`);
  await maya.page.keyboard.press('Enter');

  await maya.sees('Вы вошли по коду из письма как Майя Наглядная.');
});

journey('an address of a Cyrillic domain is shown as it was typed, and its letter arrives', async enter => {
  const ivan = await enter({ stand: 'ordinary', expects: [/status of 403/] });
  await ivan.open('/sign-in');
  await ivan.page.getByLabel('Адрес электронной почты').fill('ivan@почта.рф');
  await ivan.page.getByRole('button', { name: 'Получить код' }).click();

  await ivan.sees('ivan@почта.рф');
  await ivan.typeCode(await codeTo('ordinary', 'ivan@xn--80a1acny.xn--p1ai'));
  await ivan.sees('Почта ivan@почта.рф подтверждена');
});

journey('a right code to an address that is nobody’s says that only Gosuslugi knows who this is', async enter => {
  const somebody = await enter({ stand: 'ordinary', expects: [/status of 403/] });

  await somebody.signInByCode('somebody@example.ru', email => codeTo('ordinary', email));

  await somebody.sees('Вход по коду не подойдёт');
  await looksWell(somebody, 'sign-in-unknown');
});

journey('a doctor comes in by a code and is at the desk', async enter => {
  const boris = await enter({ stand: 'ordinary' });

  await boris.signInByCode('b.primerov@example.ru', email => codeTo('ordinary', email));

  await boris.page.waitForURL('**/desk');
  await looksWell(boris, 'desk');
});
