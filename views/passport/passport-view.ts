// The data of the passport's page: the facts as read from D1, and the figures that the rules computed. Instants are ms.
import type { CallDevice } from '../../workflows/rules/call-device.ts';
import type { Side } from '../../workflows/rules/admission.ts';
import type { LineMinute } from '../../workflows/rules/call-quality.ts';
import type { Lateness } from '../../workflows/rules/delay.ts';
import type { Attendance, Fault, Passport, PassportPhase, PassportReader } from '../../workflows/rules/passport.ts';
import type { Facts, Status } from '../../workflows/rules/status.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';
import type { CheckFound } from '../../workflows/rules/readiness.ts';

export interface PassportView {
  readonly consultationId: string;
  readonly reader: PassportReader;
  readonly doctor: Doctor;
  /** «Анна Тестова»: given and family name. */
  readonly patientName: string;
  readonly facts: Facts;
  readonly status: Status;
  readonly phase: PassportPhase;
  /** The end of the period that the figures cover: the recorded end, or now. */
  readonly until: number;
  readonly passport: Passport;
  readonly attendances: readonly Attendance[];
  /** In order of time, each with the side that the rule assigns to it. */
  readonly faults: readonly Fault[];
  /** The doctor's messages about a delay, in order of time. */
  readonly lates: readonly Lateness[];
  readonly lines: Readonly<Record<Side, readonly LineMinute[]>>;
  /** The latest first. */
  readonly checks: readonly CheckFound[];
  /** In order of use. */
  readonly devices: readonly (CallDevice & { readonly role: Side; readonly at: number })[];
}
