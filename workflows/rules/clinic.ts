// The clinic's own settings as pages show them and rules read them. Minutes, hours and percent are whole numbers.
import type { Bilingual } from './lang.ts';

export interface Clinic {
  readonly name: Bilingual;
  readonly legalName: string;
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  /** IANA zone of the clinic's clock. */
  readonly zone: string;
  readonly holdMinutes: number;
  readonly leadMinutes: number;
  readonly waitingMinutes: number;
  readonly joinMinutes: number;
  readonly freeHours: number;
  readonly keptPercent: number;
}

export interface ClinicSettings extends Clinic {
  /** vat_code of receipts, as the provider numbers them. */
  readonly vatCode: number;
}
