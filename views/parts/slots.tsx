// Free slots as links to the confirmation of a booking or a move: the clinic's time large, the reader's own small.
import type { Interval } from '../../workflows/rules/interval.ts';
import { clockOf, ownClockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface SlotsProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  readonly slots: readonly Interval[];
  /** Text for screen readers before each time, for pages with several doctors. */
  readonly away?: string;
  /** The address of a slot; the confirmation of a booking when absent. */
  readonly hrefOf?: ((startsAt: number) => string) | undefined;
}

export const slotHref = (doctor: Doctor, startsAt: number): string => `/doctors/${doctor.id}/slots/${startsAt}`;

export function Slots({ frame, doctor, slots, away, hrefOf = startsAt => slotHref(doctor, startsAt) }: SlotsProps) {
  return (
    <ul class="slots">
      {slots.map(slot => {
        const own = ownClockOf(slot.startsAt, frame);
        return (
          <li>
            <a href={hrefOf(slot.startsAt)}>
              {away && <span class="away">{away}, </span>}
              {clockOf(slot.startsAt, frame.clinic.zone)}
              {own && <small>{own}</small>}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
