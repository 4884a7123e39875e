// 409: somebody confirmed the same slot earlier. Nothing was charged; the page offers the nearest free slots.
import type { Interval } from '../../workflows/rules/interval.ts';
import { clockOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import { NearestSlots } from './nearest-slots.tsx';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface SlotTakenPageProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  readonly startsAt: number;
  /** At most three. */
  readonly nearest: readonly Interval[];
}

export function SlotTakenPage({ frame, doctor, startsAt, nearest }: SlotTakenPageProps) {
  const w = wordsOf(frame.lang).booking;
  const name = doctorName(doctor, frame.lang);
  return (
    <Layout frame={frame} title={w.takenTitle} current="online">
      <div>
        <Crumb href={`/doctors/${doctor.id}`}>{name}</Crumb>
        <h1>{w.takenTitle}</h1>
      </div>
      <Notice tone="warn" icon="clock" role="alert" lead={w.takenLead(clockOf(startsAt, frame.clinic.zone))} text={w.takenText}>
        <p>{nearest.length > 0 ? w.takenNearest : w.takenNone}</p>
        <NearestSlots frame={frame} doctor={doctor} nearest={nearest} />
      </Notice>
      <div class="acts">
        <a class="button quiet" href={`/doctors/${doctor.id}`}>
          {w.takenAll}
        </a>
        <a class="button plain" href="/online">
          {wordsOf(frame.lang).online.allDoctors}
        </a>
      </div>
    </Layout>
  );
}
