// «Онлайн-приём»: two people in two browsers meet, see and hear each other, and recover from every fault.
import { describe, expect } from 'vitest';
import { journeyInTurn } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { eventually } from '../outside.ts';
import { tellOfChecking } from './checking.ts';
import { tellOfDelay } from './moving.ts';
import { tellOfProtocol } from './protocol.ts';
import {
  blackhole,
  concludes,
  hear,
  interruptible,
  join,
  keptOf,
  killEverySession,
  looksAway,
  meet,
  reads,
  ROOM_COMPLAINTS,
  roomOf,
  seeAndHear,
  staysOnScreen,
  takesAway,
  watched,
  writes,
} from '../meeting.ts';

// One after another, because each encodes and decodes two videos.
describe.concurrent('a meeting', () => {
  journeyInTurn(
    'a patient on a phone and a doctor see and hear each other, whatever befalls the line, until the doctor ends it for both',
    async enter => {
      const patient = await enter({ stand: 'meeting', width: 360, expects: ROOM_COMPLAINTS });
      const doctor = await enter({ stand: 'meeting', expects: ROOM_COMPLAINTS });
      const id = await meet(patient, doctor, 'Пробников', '09:00');
      await seeAndHear(patient, doctor);
      await looksWell(patient, 'room-patient');
      await looksWell(doctor, 'room-doctor');
      await staysOnScreen(patient);

      await writes(patient, 'Здравствуйте, слышно хорошо.');
      await reads(doctor, 'Здравствуйте, слышно хорошо.');
      await staysOnScreen(patient);

      // A participant who has scrolled up stays there; one who writes sees their own message.
      for (let n = 1; n <= 8; n += 1) await writes(doctor, `Назначение ${n}: подробности будут в протоколе.`);
      await reads(patient, 'Назначение 8');
      await patient.page.locator('[data-log]').evaluate(log => log.scrollTo(0, 0));
      await writes(doctor, 'И последнее: пейте больше воды.');
      await patient.page.getByRole('button', { name: 'Новое ниже' }).waitFor();
      await writes(patient, 'Спасибо, записываю.');
      await patient.page.getByRole('button', { name: 'Новое ниже' }).waitFor({ state: 'hidden' });

      // A reload returns to the same call without a question.
      await patient.page.reload();
      await seeAndHear(patient, doctor);

      await blackhole('meeting', 3_000);
      await seeAndHear(patient, doctor);

      await killEverySession('meeting');
      await seeAndHear(patient, doctor);

      // A patient who was in the call cannot be recorded as absent.
      expect(await doctor.page.locator('[data-conclude-form] [value=absent]').isDisabled()).toBe(true);
      await concludes(doctor, 'Состоялся');
      await patient.sees('Приём завершён');
      await patient.open(`/consultations/${id}`);
      await patient.sees('Состоялась');
      await patient.page.getByRole('link', { name: 'Журнал связи' }).click();
      await patient.sees('Вместе');
      await looksWell(patient, 'passport');
    },
  );

  journeyInTurn('cameras change, go off and come back in the middle of the call, and the doctor shows a screen', async enter => {
    const patient = await enter({ stand: 'meeting', width: 360, expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', expects: ROOM_COMPLAINTS });
    await meet(patient, doctor, 'Эскизова', '09:30');
    await seeAndHear(patient, doctor);

    await patient.page.locator('[data-opens=devices]').click();
    await looksWell(patient, 'room-devices');
    const cameras = patient.page.locator('#choose-camera');
    const before = await cameras.inputValue();
    // The second made-up camera of Chromium gives no frames; the third does.
    await cameras.selectOption({ index: 2 });
    expect(await cameras.inputValue()).not.toBe(before);
    await patient.page.locator('#devices [data-close-panel]').click();
    await seeAndHear(patient, doctor);

    await patient.page.locator('[data-toggle=camera]').click();
    await doctor.page.getByText('Пациент без видео').waitFor();
    await patient.page.locator('[data-toggle=mic]').click();
    await doctor.page.locator('[data-peer-muted]:visible').waitFor();
    await hear(patient);
    await patient.page.locator('[data-toggle=mic]').click();
    await patient.page.locator('[data-toggle=camera]').click();
    await seeAndHear(patient, doctor);

    await doctor.page.locator('[data-toggle=screen]').click();
    await patient.page.locator('[data-remote-screen]:visible').waitFor();
    await looksWell(patient, 'room-screen');
    await doctor.page.locator('[data-toggle=screen]').click();
    await patient.page.locator('[data-remote-screen]').waitFor({ state: 'hidden' });
    await seeAndHear(patient, doctor);
  });

  journeyInTurn(
    'whoever refused the camera, or has none, is told how to go on, still sees and hears, and another device takes over',
    async enter => {
      const patient = await enter({ stand: 'meeting', width: 360, equipment: 'refused', expects: ROOM_COMPLAINTS });
      const doctor = await enter({ stand: 'meeting', expects: ROOM_COMPLAINTS });
      const id = await meet(patient, doctor, 'Шаблонов', '10:00');

      await patient.page.locator('[data-banner]').getByText('Браузер не пускает нас').waitFor();
      await patient.page.locator('[data-banner-button]').click();
      await patient.page.locator('#devices [data-help-heading]:focus').waitFor();
      await looksWell(patient, 'room-refused');
      await patient.page.locator('#devices [data-close-panel]').click();
      await hear(patient);
      await patient.page.locator('[data-remote]:visible').waitFor();
      await doctor.page.getByText('Пациент без видео').waitFor();
      await writes(patient, 'Камеры нет, пишу здесь.');
      await reads(doctor, 'Камеры нет, пишу здесь.');

      const other = await enter({ stand: 'meeting', equipment: 'missing', expects: ROOM_COMPLAINTS });
      await watched(other);
      await other.signInAs('Шаблонов');
      await other.page.waitForURL('**/appointments');
      await other.open(roomOf('patient', id));
      await other.sees('Вы уже в приёме на другом устройстве');
      await other.sees('Врач на месте');
      await join(other);
      await other.page.locator('[data-banner]').getByText('Микрофон не нашёлся').waitFor();
      await patient.page.getByText('Приём открыт на другом устройстве').waitFor();
      await hear(other);
      await reads(other, 'Камеры нет, пишу здесь.');

      // After leaving the call, a link back to it is on every page.
      await other.page.locator('[data-leave]').click();
      await other.page.getByText('Вернуться к звонку').click();
      await join(other);
      await hear(other);
    },
  );

  journeyInTurn('a phone call in the middle of the visit is told to both, and the microphone comes back by itself', async enter => {
    const patient = await enter({ stand: 'meeting', width: 360, expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', expects: ROOM_COMPLAINTS });
    await interruptible(patient);
    await meet(patient, doctor, 'Тестова', '11:00');
    await seeAndHear(patient, doctor);
    expect(await keptOf(patient)).toMatchObject({ asked: 1, held: 1 });

    // The call ends by itself.
    await takesAway(patient, 'audio', true);
    await patient.page.locator('[data-banner]').getByText('Микрофон занял звонок').waitFor();
    await doctor.page.locator('[data-peer-muted]:visible').waitFor();
    await takesAway(patient, 'audio', false);
    await patient.page.locator('[data-banner]').waitFor({ state: 'hidden' });
    await doctor.page.locator('[data-peer-muted]').waitFor({ state: 'hidden' });

    // The system never gives the track back, so another one is taken.
    const { taken } = await keptOf(patient);
    await takesAway(patient, 'audio', true);
    await doctor.page.locator('[data-peer-muted]:visible').waitFor();
    await looksWell(patient, 'room-interrupted');
    await doctor.page.locator('[data-peer-muted]').waitFor({ state: 'hidden' });
    expect((await keptOf(patient)).taken).toBeGreaterThan(taken);
    await seeAndHear(patient, doctor);

    // A hidden tab loses the lock; on return it is asked for again.
    await looksAway(patient);
    await eventually(async () => expect(await keptOf(patient)).toMatchObject({ asked: 2, held: 1 }));
  });

  tellOfChecking();
  tellOfDelay();
  tellOfProtocol();
});
