// What stands on a desk: the day of a doctor, and protocols that wait to be signed. Instants are ms.
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
  /** Since when the patient is in the room and nobody talks with them; null when they are not there. */
  readonly waitsSince: number | null;
  /** From when the doctor may go in; null when there is nothing to go into. */
  readonly joinsFrom: number | null;
  /** What the patient's last check of the connection found; null when there was none. */
  readonly check: CheckFound | null;
  /** Whole minutes past the start without the doctor; null while there are none. */
  readonly lateMinutes: number | null;
  readonly cancelReason: 'asked' | 'doctorLate' | null;
}
