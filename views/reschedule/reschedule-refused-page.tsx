// Why an appointment cannot be moved now, since when, and what can be done instead.
import { onCancel } from '../../workflows/rules/cancellation.ts';
import { MOVES, type Moving } from '../../workflows/rules/reschedule.ts';
import { exactMomentOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Phone } from '../parts/notice.tsx';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { wordsOf } from '../words.ts';

type Refused = Extract<Moving, { kind: 'refused' }>;

export interface RescheduleRefusedPageProps {
  readonly frame: Frame;
  readonly talon: TalonView;
  readonly why: Refused;
}

export function RescheduleRefusedPage({ frame, talon, why }: RescheduleRefusedPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.reschedule;
  const isDoctorHere = why.why === 'tooLate' && frame.now >= talon.facts.startsAt && talon.delay.trace.cameAt !== null;
  const { heading, text } = isDoctorHere ? { heading: words.delay.hereTitle, text: words.delay.here } : saidOf(frame, why);
  const isLive = isDoctorHere || why.why === 'begun';
  return (
    <Layout frame={frame} title={heading} current="appointments">
      <div>
        <Crumb href={`/consultations/${talon.id}`}>{w.toConsultation}</Crumb>
        <h1>{heading}</h1>
      </div>
      <p>{text}</p>
      {!isLive && <Instead frame={frame} talon={talon} why={why} />}
      <div class="talons">
        <Talon frame={frame} at={talon.facts.startsAt} state={talon.status}>
          <TalonHead frame={frame} doctor={talon.doctor} slot={talon.facts} href={`/consultations/${talon.id}`} until />
        </Talon>
      </div>
      {isLive && (
        <div class="acts">
          <a class="button big" href={`/consultations/${talon.id}/room`}>
            {words.appointments.enter}
          </a>
        </div>
      )}
    </Layout>
  );
}

function saidOf(frame: Frame, why: Refused): { readonly heading: string; readonly text: string } {
  const w = wordsOf(frame.lang).reschedule;
  switch (why.why) {
    case 'tooLate':
      return { heading: w.tooLateHeading, text: w.tooLate(exactMomentOf(why.since, frame)) };
    case 'tooOften':
      return { heading: w.tooOftenHeading, text: w.tooOften(MOVES) };
    case 'unpaid':
      return { heading: w.unpaidHeading, text: w.unpaid };
    case 'begun':
      return { heading: w.begunHeading, text: w.begun };
    case 'over':
      return { heading: w.overHeading, text: w.over };
  }
}

/** Offers cancelling with its exact sum while that is possible, otherwise the clinic's staff. */
function Instead({ frame, talon, why }: RescheduleRefusedPageProps) {
  const w = wordsOf(frame.lang).reschedule;
  if (why.why === 'over') return null;
  const end = onCancel(talon.terms, talon.facts, frame.now);
  if (end.kind === 'tooLate')
    return (
      <p>
        {w.call} <Phone frame={frame} />
      </p>
    );
  return (
    <div class="stack tight">
      {why.why !== 'unpaid' && <p>{w.instead(rub(end.minor, frame.lang))}</p>}
      <div class="acts">
        <a class="button quiet" href={`/consultations/${talon.id}/cancellation`}>
          {w.cancel}
        </a>
      </div>
    </div>
  );
}
