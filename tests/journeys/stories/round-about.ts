// The pages outside the booking path: help, the card, the documents, an unknown address.
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';

journey('the pages beside the booking path look well, and a signed document can be read and withdrawn', async enter => {
  const somebody = await enter({ stand: 'ordinary', expects: [/status of 404/] });
  await somebody.comeInAs('Первый');

  for (const [name, path] of [
    ['help', '/help'],
    ['help-sign-in', '/help/sign-in'],
    ['card', '/card'],
    ['consents-signed', '/consents'],
    ['history-empty', '/appointments/history'],
    ['not-found', '/nowhere'],
  ] as const) {
    await somebody.open(path);
    await looksWell(somebody, name);
  }
  await somebody.open('/consents');
  await somebody.page.getByRole('link', { name: /Прочитать целиком.*Договор/ }).click();
  await somebody.sees('Контрольная сумма текста');
  await looksWell(somebody, 'consent-document');
  await somebody.open('/consents');
  await somebody.page.getByRole('button', { name: /Отозвать согласие.*Договор/ }).click();

  await somebody.sees('Согласие отозвано.');
  await somebody.open('/online');
  await somebody.reads('Не подписан 1 из 3.');
});
