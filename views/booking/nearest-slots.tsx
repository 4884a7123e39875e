// The nearest free slots by day, shown when the chosen slot was taken, at booking and at moving.
import type { Interval } from '../../workflows/rules/interval.ts';
import { nearDayOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Slots } from '../parts/slots.tsx';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface NearestSlotsProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  /** At most three. */
  readonly nearest: readonly Interval[];
  readonly hrefOf?: (startsAt: number) => string;
}

export function NearestSlots({ frame, doctor, nearest, hrefOf }: NearestSlotsProps) {
  const byDay = Map.groupBy(nearest, slot => nearDayOf(slot.startsAt, frame));
  return (
    <>
      {[...byDay].map(([day, slots]) => (
        <div class="stack tight">
          <p class="small">
            <b>{day}</b>
          </p>
          <Slots frame={frame} doctor={doctor} slots={slots} away={day} hrefOf={hrefOf} />
        </div>
      ))}
    </>
  );
}
