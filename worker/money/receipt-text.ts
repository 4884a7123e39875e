// The description on a receipt and a bank statement: the date and the minutes, never the subject.
import { dateIn } from '../booking/zone.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

/** At most 128 characters, the limit of receipts; always Russian, because a receipt is (Federal Law 54-FZ). */
export function describe(consultation: Consultation, clinic: ClinicSettings): string {
  const date = dateIn(clinic.zone, consultation.facts.startsAt).split('-').reverse().join('.');
  return `Онлайн-консультация ${date}, ${consultation.doctor.durationMinutes} мин`;
}
