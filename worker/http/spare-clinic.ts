// Settings for a page that is drawn while the database does not answer: only what is true for every clinic. Called by failures.tsx;
// worker/routes/patient/card.tsx takes the zone from it.
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';

export const SPARE_CLINIC: ClinicSettings = {
  name: { ru: 'Клиника', en: 'Clinic' },
  legalName: '',
  licence: '',
  address: '',
  phone: '',
  zone: 'Europe/Moscow',
  holdMinutes: 10,
  leadMinutes: 60,
  waitingMinutes: 15,
  joinMinutes: 2,
  freeHours: 24,
  keptPercent: 10,
  vatCode: 1,
};
