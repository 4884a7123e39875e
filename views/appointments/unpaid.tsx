// The body of an unpaid talon: the countdown and the payment button, or, in the grace period after the deadline, that the payment is being
// checked.
import { GRACE_MS, isPayable } from '../../workflows/rules/status.ts';
import { clinicClockOf, rub } from '../format.ts';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { declineText, wordsOf } from '../words.ts';
import { Countdown } from './countdown.tsx';

export interface UnpaidProps {
  readonly frame: Frame;
  readonly talon: TalonView;
}

export function Unpaid({ frame, talon }: UnpaidProps) {
  const words = wordsOf(frame.lang);
  const w = words.appointments;
  const { facts, id } = talon;
  if (!isPayable(facts, frame.now)) {
    const text = w.checking(clinicClockOf(facts.expiresAt, frame), clinicClockOf(facts.expiresAt + GRACE_MS, frame));
    return <Notice tone="info" icon="clock" lead={w.checkingLead} text={text} />;
  }
  return (
    <>
      {talon.refusedReason !== null && (
        <Notice tone="warn" icon="alert" lead={w.refusedLead} text={declineText(words, talon.refusedReason)} />
      )}
      {talon.paymentOpen && <p class="small">{w.payOpen}</p>}
      <Countdown frame={frame} talon={talon}>
        <div class="acts">
          <PayForm frame={frame} talon={talon} />
          <a class="button plain bad" href={`/consultations/${id}/cancellation`} id={`cancel-${id}`}>
            {w.cancel}
          </a>
        </div>
      </Countdown>
    </>
  );
}

/** The button that leads to the payment provider; its label says whether this is the first try. */
export function PayForm({ frame, talon }: UnpaidProps) {
  const w = wordsOf(frame.lang).appointments;
  const sum = rub(talon.facts.priceMinor, frame.lang);
  const label = talon.paymentOpen ? w.payGoOn(sum) : talon.refusedReason !== null ? w.payAgain(sum) : w.pay(sum);
  return (
    <form class="acts" method="post" action={`/consultations/${talon.id}/payment`}>
      <button class="button big" id={`pay-${talon.id}`}>
        {label}
      </button>
    </form>
  );
}
