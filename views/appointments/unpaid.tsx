// The body of an unpaid card: the countdown and the button, or, in the grace after it, that the payment is being checked.
import { GRACE_MS, isPayable } from '../../workflows/rules/status.ts';
import { clinicClockOf, rub } from '../format.ts';
import type { ConsultationCard } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { declineText, wordsOf } from '../words.ts';
import { Countdown } from './countdown.tsx';

export interface UnpaidProps {
  readonly frame: Frame;
  readonly card: ConsultationCard;
}

export function Unpaid({ frame, card }: UnpaidProps) {
  const words = wordsOf(frame.lang);
  const w = words.appointments;
  const { facts, id } = card;
  if (!isPayable(facts, frame.now)) {
    const text = w.checking(clinicClockOf(facts.expiresAt, frame), clinicClockOf(facts.expiresAt + GRACE_MS, frame));
    return <Notice tone="info" icon="clock" lead={w.checkingLead} text={text} />;
  }
  return (
    <>
      {card.refusedReason !== null && (
        <Notice tone="warn" icon="alert" lead={w.refusedLead} text={declineText(words, card.refusedReason)} />
      )}
      {card.paymentOpen && <p class="small">{w.payOpen}</p>}
      <Countdown frame={frame} card={card}>
        <div class="acts">
          <PayForm frame={frame} card={card} />
          <a class="button plain bad" href={`/consultations/${id}/cancellation`} id={`cancel-${id}`}>
            {w.cancel}
          </a>
        </div>
      </Countdown>
    </>
  );
}

/** The one button that leads to the payment provider; its words say whether it is the first try. */
export function PayForm({ frame, card }: UnpaidProps) {
  const w = wordsOf(frame.lang).appointments;
  const sum = rub(card.facts.priceMinor, frame.lang);
  const label = card.paymentOpen ? w.payGoOn(sum) : card.refusedReason !== null ? w.payAgain(sum) : w.pay(sum);
  return (
    <form class="acts" method="post" action={`/consultations/${card.id}/payment`}>
      <button class="button big" id={`pay-${card.id}`}>
        {label}
      </button>
    </form>
  );
}
