// «Онлайн-приём»: two people in two browsers meet, see and hear each other, and come back from whatever befalls them.
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { killEverySession, meet, reads, ROOM_COMPLAINTS, seeAndHear, writes } from '../meeting.ts';

journey(
  'a patient on a phone and a doctor see and hear each other, whatever befalls the line, until the doctor ends it for both',
  async enter => {
    const patient = await enter({ stand: 'meeting', width: 360, expects: ROOM_COMPLAINTS });
    const doctor = await enter({ stand: 'meeting', expects: ROOM_COMPLAINTS });
    const id = await meet(patient, doctor, 'Пробников', '09:00');
    await seeAndHear(patient, doctor);
    await looksWell(patient, 'room-patient');
    await looksWell(doctor, 'room-doctor');

    await writes(patient, 'Здравствуйте, слышно хорошо.');
    await reads(doctor, 'Здравствуйте, слышно хорошо.');

    // Reloading comes back to the same call without being asked.
    await patient.page.reload();
    await seeAndHear(patient, doctor);

    await killEverySession('meeting');
    await seeAndHear(patient, doctor);

    await doctor.page.locator('[data-leave]').click();
    await doctor.page.getByRole('radio', { name: /^Состоялся/ }).check();
    await doctor.page.getByRole('button', { name: 'Завершить приём' }).last().click();
    await patient.sees('Приём завершён');
    await patient.open(`/consultations/${id}`);
    await patient.sees('Состоялась');
  },
);
