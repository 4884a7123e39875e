// The data of the doctor's desk: the doctor's day, and protocols that wait for a signature. Instants are ms.
import type { Facts, Status } from '../../workflows/rules/status.ts';
import type { CheckFound } from '../../workflows/rules/readiness.ts';

/** One consultation as its doctor sees it in the day's list. */
export interface DeskRow {
  readonly id: string;
  readonly facts: Facts;
  readonly status: Status;
  /** «Анна Тестова»: given and family name. */
  readonly patient: string;
  readonly birthDate: string | null;
  /** Since when the patient is in the room without a call; null when they are not there. */
  readonly waitsSince: number | null;
  /** From when the doctor may enter; null when there is no room to enter. */
  readonly joinsFrom: number | null;
  /** What the patient's last check of the connection found; null when there was none. */
  readonly check: CheckFound | null;
  /** Whole minutes after the start without the doctor; null when the doctor is not late. */
  readonly lateMinutes: number | null;
  readonly cancelReason: 'asked' | 'doctorLate' | null;
}
