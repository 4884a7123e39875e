// The clinic's settings as pages show them and rules use them. Minutes, hours and percent are integers.
import type { Bilingual } from './lang.ts';

export interface Clinic {
  readonly name: Bilingual;
  readonly legalName: string;
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  /** IANA time zone of the clinic. */
  readonly zone: string;
  readonly holdMinutes: number;
  readonly leadMinutes: number;
  readonly waitingMinutes: number;
  readonly joinMinutes: number;
  readonly freeHours: number;
  readonly keptPercent: number;
}

export interface ClinicSettings extends Clinic {
  /** The receipt's vat_code, as the payment provider numbers the rates. */
  readonly vatCode: number;
}
