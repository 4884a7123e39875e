// A doctor as the clinic presents them, with the specialty and the service. Read by worker/data/doctors.ts. Prices are minor units.
import type { Bilingual } from './lang.ts';

export interface Specialty {
  readonly id: string;
  readonly name: Bilingual;
}

export interface Doctor {
  readonly id: string;
  readonly familyName: Bilingual;
  readonly givenName: Bilingual;
  readonly specialty: Specialty;
  /** «высшая категория, стаж 18 лет» */
  readonly experience: Bilingual;
  readonly registryId: string;
  readonly patients: Bilingual;
  readonly languages: Bilingual;
  readonly onDuty: boolean;
  readonly durationMinutes: number;
  readonly priceMinor: number;
}
