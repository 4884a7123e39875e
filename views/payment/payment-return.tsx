// The fragment `#payment`: the result of the payment. While it waits it reloads itself every second; every other phase is final.
import { PayForm } from '../appointments/unpaid.tsx';
import { clinicClockOf, minutesOf, momentOf, rub } from '../format.ts';
import { GRACE_MS } from '../../workflows/rules/status.ts';
import type { ConsultationView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { moneyLine } from '../parts/money-line.ts';
import { Notice, type NoticeProps } from '../parts/notice.tsx';
import { polls, seenOf } from '../parts/polling.ts';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { declineText, wordsOf } from '../words.ts';
import { isOpenEnded, type PaymentPhase, phaseOf } from './phase.ts';

export interface PaymentReturnProps {
  readonly frame: Frame;
  readonly consultation: ConsultationView;
}

// After two minutes without an answer of the bank the fragment reloads less often.
const EAGER_MS = 120_000;

const paceOf = ({ payments }: ConsultationView, now: number): string =>
  now - payments.reduce((at, p) => Math.max(at, p.createdAt), 0) < EAGER_MS ? 'every 1s' : 'every 5s';

/** What the fragment shows: fragments with equal keys look the same. */
export function paymentSeenOf(consultation: ConsultationView, now: number): string {
  const { facts, status, paymentOpen } = consultation;
  const times = [now < facts.expiresAt, now < facts.expiresAt + GRACE_MS, facts.expiresAt, facts.startsAt, paceOf(consultation, now)];
  return seenOf(JSON.stringify(phaseOf(consultation, now)), status, paymentOpen, ...times);
}

export function PaymentReturn({ frame, consultation }: PaymentReturnProps) {
  const phase = phaseOf(consultation, frame.now);
  const reloads =
    isOpenEnded(phase, consultation) &&
    polls({
      path: `/consultations/${consultation.id}/payment`,
      on: paceOf(consultation, frame.now),
      seen: paymentSeenOf(consultation, frame.now),
    });
  const { lead } = sayOf(frame, consultation, phase);
  return (
    <div id="payment" class="stack" data-say={lead} {...reloads}>
      {phase.kind === 'waiting' ? (
        <Waiting frame={frame} consultation={consultation} />
      ) : (
        <Ended frame={frame} consultation={consultation} phase={phase} />
      )}
      <div class="talons">
        <Talon frame={frame} at={consultation.facts.startsAt} state={consultation.status}>
          <TalonHead
            frame={frame}
            doctor={consultation.doctor}
            slot={consultation.facts}
            href={`/consultations/${consultation.id}`}
            until
          />
        </Talon>
      </div>
    </div>
  );
}

function Waiting({ frame, consultation }: PaymentReturnProps) {
  const w = wordsOf(frame.lang).payment;
  const end = consultation.facts.expiresAt + GRACE_MS;
  // The provider also returns people who have not paid.
  const unfinished = frame.now < consultation.facts.expiresAt && consultation.paymentOpen;
  return (
    <section class="card info">
      <h2>{w.waitingLead}</h2>
      <progress aria-label={w.waitingBar} />
      <p>{w.waiting}</p>
      {frame.now < end && <p class="small muted">{w.waitingEnd(clinicClockOf(end, frame))}</p>}
      {unfinished && <p>{w.waitingUnfinished(clinicClockOf(consultation.facts.expiresAt, frame))}</p>}
      <div class="acts">
        {unfinished && <PayForm frame={frame} talon={consultation} />}
        <a class="button plain" href="/appointments" id="appointments">
          {w.toAppointments}
        </a>
      </div>
    </section>
  );
}

function Ended({ frame, consultation, phase }: PaymentReturnProps & { readonly phase: PaymentPhase }) {
  const words = wordsOf(frame.lang);
  const again = phase.kind === 'refused' || phase.kind === 'unpaid';
  const over = phase.kind === 'lapsed' || phase.kind === 'returned' || phase.kind === 'cancelled' || phase.kind === 'over';
  return (
    <>
      <Notice {...sayOf(frame, consultation, phase)} />
      {again && <PayForm frame={frame} talon={consultation} />}
      <div class="acts">
        {over && (
          <a class="button" href={`/doctors/${consultation.doctor.id}`} id="again">
            {words.appointments.again}
          </a>
        )}
        <a class={again || over ? 'button quiet' : 'button'} href="/appointments" id="appointments">
          {words.payment.toAppointments}
        </a>
        <a class="button plain" href={`/consultations/${consultation.id}`} id="booking">
          {words.payment.toConsultation}
        </a>
      </div>
    </>
  );
}

function sayOf(frame: Frame, consultation: ConsultationView, phase: PaymentPhase): NoticeProps {
  const words = wordsOf(frame.lang);
  const w = words.payment;
  const { facts } = consultation;
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
        text:
          facts.refusedMinor > 0 ? moneyLine(facts, frame) : (phase.settled ? w.returnedDone : w.returned)(rub(phase.minor, frame.lang)),
      };
    case 'over':
      return { tone: 'info', icon: 'done', lead: w.overLead, text: moneyLine(facts, frame) };
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
