// A visit as one of the two who meet in it sees it: the way in, the checks before it, the room, and its end. Instants are ms.
import type { Admission, NotAbsent, Side } from '../../workflows/rules/admission.ts';
import type { Lateness } from '../../workflows/rules/delay.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import type { CheckFound, LastCheck } from '../../workflows/rules/readiness.ts';
import type { Facts, Outcome } from '../../workflows/rules/status.ts';
import type { DelayView } from '../consultation/timeline-view.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

/** A visit as a page beside its room speaks of it to one of the two. */
export interface VisitView {
  readonly consultationId: string;
  readonly role: Side;
  readonly doctor: Doctor;
  readonly patientName: string;
  readonly startsAt: number;
}

/** A room as one of the two who meet in it sees it before and during the call. */
export interface RoomView {
  readonly consultationId: string;
  /** The reader's side. */
  readonly role: Side;
  readonly doctor: Doctor;
  /** «Анна Тестова»: given and family name. */
  readonly patientName: string;
  readonly patientBirthDate: string | null;
  readonly slot: Interval;
  /** Of the reader's side, by `mayEnter`; a room is drawn for `waiting` and `open` only. */
  readonly admission: Extract<Admission, { kind: 'open' | 'waiting' }>;
  /** When the button works for the reader's side. */
  readonly opensAt: number;
  /** When both were first in the call; null before. */
  readonly startedAt: number | null;
  /** Why the patient cannot be recorded as absent; null when nothing is against it. */
  readonly notAbsent: NotAbsent | null;
  /** When the reader first entered; null when never. */
  readonly enteredAt: number | null;
  /** Who is in the room as this page is drawn. */
  readonly present: readonly Side[];
  /** The doctor's own word on lateness; null when there was none. */
  readonly late: Lateness | null;
  /** What the patient's last check found, for the doctor; null when there was none. */
  readonly patientsCheck: CheckFound | null;
  /** For the patient's side. */
  readonly delay: DelayView;
  /** The reader's last connection check for this visit; null when there was none. */
  readonly lastCheck: LastCheck | null;
}

export interface EndedView extends VisitView {
  readonly facts: Facts;
  readonly outcome: Outcome;
}
