// The fragment `#payment`: what became of the payment. While it waits it asks for itself every second; every other phase is an end.
import { PayForm } from '../appointments/unpaid.tsx';
import { clinicClockOf, minutesOf, momentOf, rub } from '../format.ts';
import { GRACE_MS } from '../../workflows/rules/status.ts';
import type { ConsultationStory } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { moneyLine } from '../parts/money-line.ts';
import { Notice, type NoticeProps } from '../parts/notice.tsx';
import { QUIET } from '../parts/polling.ts';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { declineText, wordsOf } from '../words.ts';
import { isOpenEnded, type PaymentPhase, phaseOf } from './phase.ts';

export interface PaymentReturnProps {
  readonly frame: Frame;
  readonly story: ConsultationStory;
}

// A bank that has not answered for two minutes is asked less often.
const EAGER_MS = 120_000;

export function PaymentReturn({ frame, story }: PaymentReturnProps) {
  const phase = phaseOf(story, frame.now);
  const polls = isOpenEnded(phase, story) && {
    'hx-get': `/consultations/${story.id}/payment`,
    'hx-trigger': frame.now - story.payments.reduce((at, p) => Math.max(at, p.createdAt), 0) < EAGER_MS ? 'every 1s' : 'every 5s',
    'hx-swap': 'outerHTML',
    ...QUIET,
  };
  const { lead } = sayOf(frame, story, phase);
  return (
    <div id="payment" class="stack" data-say={lead} {...polls}>
      {phase.kind === 'waiting' ? <Waiting frame={frame} story={story} /> : <Ended frame={frame} story={story} phase={phase} />}
      <div class="talons">
        <Talon frame={frame} at={story.facts.startsAt} state={story.status}>
          <TalonHead frame={frame} doctor={story.doctor} slot={story.facts} href={`/consultations/${story.id}`} until />
        </Talon>
      </div>
    </div>
  );
}

function Waiting({ frame, story }: PaymentReturnProps) {
  const w = wordsOf(frame.lang).payment;
  const end = story.facts.expiresAt + GRACE_MS;
  // The provider brings back people who have not paid as well.
  const unfinished = frame.now < story.facts.expiresAt && story.paymentOpen;
  return (
    <section class="card info">
      <h2>{w.waitingLead}</h2>
      <progress aria-label={w.waitingBar} />
      <p>{w.waiting}</p>
      {frame.now < end && <p class="small muted">{w.waitingEnd(clinicClockOf(end, frame))}</p>}
      {unfinished && <p>{w.waitingUnfinished(clinicClockOf(story.facts.expiresAt, frame))}</p>}
      <div class="acts">
        {unfinished && <PayForm frame={frame} card={story} />}
        <a class="button plain" href="/appointments">
          {w.toAppointments}
        </a>
      </div>
    </section>
  );
}

function Ended({ frame, story, phase }: PaymentReturnProps & { readonly phase: PaymentPhase }) {
  const words = wordsOf(frame.lang);
  const again = phase.kind === 'refused' || phase.kind === 'unpaid';
  const over = phase.kind === 'lapsed' || phase.kind === 'returned' || phase.kind === 'cancelled';
  return (
    <>
      <Notice {...sayOf(frame, story, phase)} />
      {again && <PayForm frame={frame} card={story} />}
      <div class="acts">
        {over && (
          <a class="button" href={`/doctors/${story.doctor.id}`}>
            {words.appointments.again}
          </a>
        )}
        <a class={again || over ? 'button quiet' : 'button'} href="/appointments">
          {words.payment.toAppointments}
        </a>
        <a class="button plain" href={`/consultations/${story.id}`}>
          {words.payment.toConsultation}
        </a>
      </div>
    </>
  );
}

function sayOf(frame: Frame, story: ConsultationStory, phase: PaymentPhase): NoticeProps {
  const words = wordsOf(frame.lang);
  const w = words.payment;
  const { facts } = story;
  const moment = momentOf(facts.startsAt, frame);
  switch (phase.kind) {
    case 'waiting':
      return { tone: 'info', icon: 'clock', lead: w.waitingLead };
    case 'paid':
      return { tone: 'ok', icon: 'done', lead: w.paidLead, text: w.paid(moment) };
    case 'rescued':
      return { tone: 'ok', icon: 'done', lead: w.rescuedLead, text: w.rescued(minutesOf(phase.lateMs), moment) };
    case 'returned':
      return {
        tone: 'warn',
        icon: 'ruble',
        lead: w.returnedLead,
        text: (phase.settled ? w.returnedDone : w.returned)(rub(phase.minor, frame.lang)),
      };
    case 'cancelled':
      return { tone: 'info', icon: 'stop', lead: w.cancelledLead, text: moneyLine(facts, frame) };
    case 'lapsed':
      return { tone: 'warn', icon: 'clock', lead: w.lapsedLead, text: w.lapsed };
    case 'refused':
      return {
        tone: 'warn',
        icon: 'alert',
        lead: w.refusedLead,
        text: `${declineText(words, phase.reason)} ${w.refusedLeft(clinicClockOf(facts.expiresAt, frame))}`,
      };
    case 'unpaid':
      return { tone: 'info', icon: 'clock', lead: w.unpaidLead, text: w.refusedLeft(clinicClockOf(facts.expiresAt, frame)) };
  }
}
