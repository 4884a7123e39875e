// The data of a visit for one of its two participants: the page before the room, the checks, the room, and its end. Instants are ms.
import type { Admission, NotAbsent, Side } from '../../workflows/rules/admission.ts';
import type { Lateness } from '../../workflows/rules/delay.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import type { CheckFound, LastCheck } from '../../workflows/rules/readiness.ts';
import type { Facts, Outcome } from '../../workflows/rules/status.ts';
import type { DelayView } from '../consultation/timeline-view.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

/** The data of a visit for a page outside its room. */
export interface VisitView {
  readonly consultationId: string;
  readonly role: Side;
  readonly doctor: Doctor;
  readonly patientName: string;
  readonly startsAt: number;
}

/** The data of a room for one of its two participants, before and during the call. */
export interface RoomView {
  readonly consultationId: string;
  /** The reader's side. */
  readonly role: Side;
  readonly doctor: Doctor;
  /** «Анна Тестова»: given and family name. */
  readonly patientName: string;
  readonly patientBirthDate: string | null;
  readonly slot: Interval;
  /** For the reader's side, from `mayEnter`; a room is drawn only for `waiting` and `open`. */
  readonly admission: Extract<Admission, { kind: 'open' | 'waiting' }>;
  /** When the button becomes active for the reader's side. */
  readonly opensAt: number;
  /** When both were in the call for the first time; null before that. */
  readonly startedAt: number | null;
  /** Why the patient cannot be recorded as absent; null when they can. */
  readonly notAbsent: NotAbsent | null;
  /** The two were in the call, or somebody else than the doctor confirmed the visit: it can be recorded as having taken place. */
  readonly tookPlace: boolean;
  /** The version of the schedule that the page shows. */
  readonly scheduleVersion: number;
  /** When the reader first entered; null when never. */
  readonly enteredAt: number | null;
  /** Who is in the room when this page is drawn. */
  readonly present: readonly Side[];
  /** The doctor's own message about a delay; null when there is none. */
  readonly late: Lateness | null;
  /** The result of the patient's last check, for the doctor; null when there was none. */
  readonly patientsCheck: CheckFound | null;
  /** Only used on the patient's side. */
  readonly delay: DelayView;
  /** The reader's last connection check for this visit; null when there was none. */
  readonly lastCheck: LastCheck | null;
}

export interface EndedView extends VisitView {
  readonly facts: Facts;
  readonly outcome: Outcome;
}
