// From the booking to the medical card: the patient answers the questionnaire, the doctor writes beside the call, signs and amends, the
// patient reads, and no typed text is lost. meeting.ts runs these after its own stories.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Cabinet } from '../cabinet.ts';
import { journeyInTurn } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { bookAndPay, comesToDesk, concludes, join, ROOM_COMPLAINTS, roomOf } from '../meeting.ts';
import { eventually, letterTo, lettersTo, workflowOf } from '../outside.ts';

export function tellOfProtocol(): void {
  journeyInTurn(
    'the whole way of a protocol: told before, written beside the call, signed, read, printed, verified, amended',
    async enter => {
      const patient = await enter({ stand: 'meeting', width: 360, expects: ROOM_COMPLAINTS });
      const doctor = await enter({ stand: 'meeting', expects: [...ROOM_COMPLAINTS, /status of 422/] });
      const id = await bookAndPay(patient, 'Наброскова', '18:00');
      await patient.open(`/consultations/${id}/questionnaire`);
      await patient.page.locator('main textarea').first().fill('Кашель третий день');
      await looksWell(patient, 'questionnaire');
      await patient.page.getByRole('button', { name: 'Сохранить ответы' }).click();
      await patient.sees('Ответы сохранены.');

      await comesToDesk(doctor);
      await doctor.open(roomOf('doctor', id));
      await doctor.sees('Кашель третий день');
      await doctor.page.locator('#complaints').fill('Кашель сухой, без температуры');
      await saved(doctor);
      await looksWell(doctor, 'protocol-room');
      // «Состоялся» follows from a meeting in the call.
      await patient.open(roomOf('patient', id));
      await join(patient);
      await join(doctor);
      await concludes(doctor, 'Состоялся');
      await doctor.sees('Приём завершён');

      await doctor.open(`/desk/consultations/${id}/protocol`);
      expect(await doctor.page.locator('#complaints').inputValue()).toBe('Кашель сухой, без температуры');
      await doctor.sees('Закрыто: в этой клинике нет записи об очном приёме.');
      await signs(doctor);
      await doctor.page.locator('.errors').waitFor();
      await writesOnSlowLine(doctor);
      await saved(doctor);
      await looksWell(doctor, 'protocol-editor');
      await signs(doctor);
      await doctor.sees('Протокол подписан');
      await looksWell(doctor, 'protocol-signed');
      // Going back shows neither the editor nor its refused signing: both redirect to the signed protocol.
      await doctor.page.goBack();
      await doctor.sees('Протокол подписан');

      await letterTo('meeting', 'zoya@example.ru', /^Протокол готов/);
      await patient.open('/card');
      await patient.page
        .getByRole('link', { name: /Протокол приёма/ })
        .first()
        .waitFor();
      await looksWell(patient, 'card-protocols');
      await patient.page
        .getByRole('link', { name: /Протокол приёма/ })
        .first()
        .click();
      await patient.sees('Тёплое питьё, проветривать комнату');
      await patient.sees('Кашель третий день');
      await looksWell(patient, 'card-protocol');
      const pdf = await pdfOf(patient);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');

      await verifies(patient, pdf);
      await eventually(async () => expect((await workflowOf('meeting', id)).state).toBe('published'));

      await amends(doctor, id);
      await letterTo('meeting', 'zoya@example.ru', /^Протокол дополнен/);
      await patient.open('/card');
      await patient.page
        .getByRole('link', { name: /Протокол приёма/ })
        .first()
        .click();
      await patient.sees('Пациент прислал результат анализа крови');
      await patient.sees(/J20\.9/);
      await patient.open('/card/access');
      await looksWell(patient, 'card-access');
      // No letter and no Temporal history contains medical text or a name.
      const letters = (await lettersTo('meeting', 'zoya@example.ru')).map(({ subject, text, html }) => subject + text + html).join();
      expect(letters).not.toMatch(/Кашель|питьё|Примеров|Терапевт/);
      expect((await workflowOf('meeting', id)).history.toString('latin1')).not.toContain(Buffer.from('Кашель').toString('latin1'));
    },
  );

  journeyInTurn('what a doctor has typed survives a lost network, a closed tab and a second one', async enter => {
    const patient = await enter({ stand: 'meeting', expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', expects: [...ROOM_COMPLAINTS, /Failed to load resource/, /ERR_INTERNET_DISCONNECTED/] });
    const id = await bookAndPay(patient, 'Третий', '19:00');
    const address = `/desk/consultations/${id}/protocol`;
    await comesToDesk(doctor);
    await doctor.open(address);
    await doctor.page.locator('#complaints').fill('Первое');
    await saved(doctor);

    await doctor.page.context().setOffline(true);
    await doctor.page.locator('#anamnesis').fill('Написано без сети');
    await doctor.page.getByText('Нет сети: текст на этом компьютере').first().waitFor();
    await doctor.page.context().setOffline(false);
    await saved(doctor);

    await doctor.page.context().setOffline(true);
    await doctor.page.locator('#objective').fill('Написано перед закрытием вкладки');
    await doctor.page.close();
    await doctor.page.context().setOffline(false);
    const second = await doctor.anotherTab();
    await second.goto(address);
    await eventually(async () => expect(await second.locator('#objective').inputValue()).toBe('Написано перед закрытием вкладки'));

    await stands(doctor, address, '#objective', 'Написано перед закрытием вкладки');

    const third = await doctor.anotherTab();
    await third.goto(address);
    await third.locator('#conclusion').fill('Из третьей вкладки');
    await stands(doctor, address, '#conclusion', 'Из третьей вкладки');
    await second.locator('#conclusion').fill('Из второй вкладки');
    await second.locator('[data-clash]:visible').waitFor();
    expect(await second.locator('[data-clash]').innerText()).toContain('Из третьей вкладки');
    expect(await second.locator('#conclusion').inputValue()).toBe('Из второй вкладки');
    await second.locator('[data-clash] [data-keep]:visible').first().click();
    await stands(doctor, address, '#conclusion', 'Из второй вкладки');
  });
}

/** Checks what a new tab gets from the server. */
const stands = (doctor: Cabinet, address: string, field: string, text: string): Promise<void> =>
  eventually(async () => {
    const fresh = await doctor.anotherTab();
    await fresh.goto(address);
    const value = await fresh.locator(field).inputValue();
    await fresh.close();
    expect(value).toBe(text);
  });

/** Waits until the server has the typed text. */
const saved = async ({ page }: Cabinet): Promise<void> => {
  // The message of an earlier save may still be shown while the next save waits for a pause in typing.
  await page.waitForTimeout(1_500);
  await page
    .locator('[data-save-said]')
    .filter({ hasText: /^Сохранено в/ })
    .first()
    .waitFor();
};

/** While one save is running, two more are requested, by a pause in typing and by leaving a field: they run one after another. */
async function writesOnSlowLine({ page }: Cabinet): Promise<void> {
  const drafts = '**/protocol/draft';
  await page.route(drafts, async route => {
    await page.waitForTimeout(2_000);
    await route.continue();
  });
  await page.locator('#conclusion').fill('Нужен осмотр врача очно');
  await page.locator('#recommendations').fill('Тёплое питьё, проветривать комнату');
  await page.waitForTimeout(1_200);
  await page.locator('#examinations').focus();
  await page.waitForTimeout(5_000);
  await page.unroute(drafts);
}

async function signs({ page }: Cabinet): Promise<void> {
  await page.locator('[data-sign] summary').click();
  await page.locator('[data-sign-button]').click();
}

/** The file behind the card's link, once it has been made. */
async function pdfOf({ page }: Cabinet): Promise<Buffer> {
  const link = page.locator('a[href$=".pdf"]').first();
  await link.waitFor();
  const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
  expect(answer.status()).toBe(200);
  return await answer.body();
}

/** Anyone who has the document can verify it and finds nothing about the patient there. */
async function verifies(patient: Cabinet, pdf: Buffer): Promise<void> {
  const address = await patient.page.locator('a[href*="/verify/"]').first().getAttribute('href');
  await patient.open(address ?? '');
  const words = await patient.words();
  expect(words).toContain(createHash('sha256').update(pdf).digest('hex').slice(0, 8));
  expect(words).not.toMatch(/Наброскова|Кашель|питьё/);
  await looksWell(patient, 'verify');
}

/** Recording a visit in person opens the diagnosis; it is chosen from the clinic's list by keyboard. */
async function unlocks({ page }: Cabinet): Promise<void> {
  await page.getByText('Указать очный приём').click();
  await page.locator('#visited-on').fill(new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Записать очный приём' }).click();
  await page.locator('#diagnosis').fill('J20');
  await page.getByRole('option', { name: /J20\.9/ }).waitFor();
  await page.locator('#diagnosis').press('ArrowDown');
  await page.locator('#diagnosis').press('Enter');
  expect(await page.locator('#diagnosis').inputValue()).toMatch(/^J20\.9/);
}

async function amends(doctor: Cabinet, id: string): Promise<void> {
  await doctor.open(`/desk/consultations/${id}/protocol/amendment`);
  await doctor.page.locator('#reason').fill('Пациент прислал результат анализа крови');
  await doctor.page.locator('#documents').fill('Общий анализ крови');
  await unlocks(doctor);
  await saved(doctor);
  await signs(doctor);
  await doctor.sees('Версия 2');
}
