// The line on a receipt and a statement: when and how much of the clinic's time, never what about.
import { dateIn } from '../booking/zone.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

/** At most 128 characters, as receipts require; always Russian, because a receipt is (54-ФЗ). */
export function describe(consultation: Consultation, clinic: ClinicSettings): string {
  const date = dateIn(clinic.zone, consultation.facts.startsAt).split('-').reverse().join('.');
  return `Онлайн-консультация ${date}, ${consultation.doctor.durationMinutes} мин`;
}
