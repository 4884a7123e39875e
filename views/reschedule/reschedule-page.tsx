// Moving an appointment: its current time, until when moving is free, and the doctor's free intervals by day.
import type { Moving } from '../../workflows/rules/reschedule.ts';
import { bothClocksOf, dayOf, exactMomentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { SlotsOfDay, type SlotsOfDayProps } from '../online/slots-of-day.tsx';
import { Crumb } from '../parts/crumb.tsx';
import { Notice, Phone } from '../parts/notice.tsx';
import { doctorTitle } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';

type FreeMoving = Extract<Moving, { kind: 'free' }>;

export interface ReschedulePageProps extends Omit<SlotsOfDayProps, 'doctor' | 'links'> {
  readonly talon: TalonView;
  readonly moving: FreeMoving;
}

export function ReschedulePage(props: ReschedulePageProps) {
  const { frame, talon, moving, days } = props;
  const w = wordsOf(frame.lang).reschedule;
  return (
    <Layout frame={frame} title={w.title} current="appointments">
      <div>
        <Crumb href={`/consultations/${talon.id}`}>{w.back}</Crumb>
        <h1>{w.heading}</h1>
        <p class="lead">
          {doctorTitle(talon.doctor, frame.lang)}. {w.stands(standsAt(frame, talon))}
        </p>
      </div>
      <Free frame={frame} moving={moving} />
      {days.some(day => day.free > 0) ? <RescheduleSlots {...props} /> : <None frame={frame} />}
    </Layout>
  );
}

/** «пн, 24 ноября, 14:30 (МСК), 16:30 у вас» */
export const standsAt = (frame: Frame, { facts }: TalonView): string =>
  `${dayOf(facts.startsAt, frame)}, ${bothClocksOf(facts.startsAt, frame)}`;

/** The fragment `#slots`, whose links lead to the confirmation of the move. */
export function RescheduleSlots({ talon, frame, days, date, slots }: Omit<ReschedulePageProps, 'moving'>) {
  const path = `/consultations/${talon.id}/reschedule`;
  const links = { day: (date: string) => `${path}?day=${date}`, slot: (startsAt: number) => `${path}?to=${startsAt}` };
  return <SlotsOfDay frame={frame} doctor={talon.doctor} days={days} date={date} slots={slots} links={links} />;
}

function Free({ frame, moving }: { readonly frame: Frame; readonly moving: FreeMoving }) {
  const w = wordsOf(frame.lang).reschedule;
  if (moving.reason === 'doctorLate') return <Notice tone="info" icon="clock" text={w.lateFree} />;
  return <Notice tone="info" icon="info" text={`${w.free(exactMomentOf(moving.until, frame))} ${w.left(moving.movesLeft)}`} />;
}

function None({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).reschedule;
  return (
    <Notice tone="warn" icon="calendar" lead={w.none}>
      <p>
        {w.noneText} <Phone frame={frame} />
      </p>
    </Notice>
  );
}
