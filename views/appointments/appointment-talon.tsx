// The fragment `#consultation-{id}`: one talon of the list. While it awaits payment it reloads itself every five seconds.
import { isAhead, rescuedLateMs } from '../../workflows/rules/status.ts';
import { ClaimButton } from '../claim/claim-offer.tsx';
import { minutesOf } from '../format.ts';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { moneyLine } from '../parts/money-line.ts';
import { Notice } from '../parts/notice.tsx';
import { stateText, Tag } from '../parts/tag.tsx';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { wordsOf } from '../words.ts';
import { polls, seenOf } from '../parts/polling.ts';
import { DelayOffer } from '../delay/delay-offer.tsx';
import { Ended } from './ended.tsx';
import { doorPhaseOf, JoinButton } from './join-button.tsx';
import { Unpaid } from './unpaid.tsx';

export interface AppointmentTalonProps {
  readonly frame: Frame;
  readonly talon: TalonView;
}

/** What a talon shows, as a short key: talons with equal keys look the same. */
export function talonKeyOf(talon: TalonView, now: number): string {
  const { facts, status, refusedReason, paymentOpen, delay } = talon;
  const phase = status === 'reserved' && now >= facts.expiresAt ? 'checking' : status;
  const door = isAhead(status) ? doorPhaseOf(talon, now) : '';
  const late = delay.delay.kind === 'offered' ? `${delay.delay.cause}${delay.delay.minutes}${delay.hasWaited ? 'waited' : ''}` : '';
  return seenOf(phase, door, facts.expiresAt, facts.startsAt, refusedReason, paymentOpen, late);
}

// From this time before the waiting room opens a talon reloads itself, so that its button becomes active without a page reload.
const SOON_MS = 30 * 60_000;

/** The `hx-trigger` of the reload; null when nothing in the talon can change soon without an action. */
function triggerOf({ status, door }: TalonView, now: number): string | null {
  if (status === 'reserved') return 'every 5s, expired';
  return isAhead(status) && now > door.waitingFrom - SOON_MS ? 'every 10s' : null;
}

export function AppointmentTalon({ frame, talon }: AppointmentTalonProps) {
  const { facts, status, id } = talon;
  const trigger = triggerOf(talon, frame.now);
  const reloads = trigger !== null && polls({ path: `/consultations/${id}/talon`, on: trigger, seen: talonKeyOf(talon, frame.now) });
  const say = wordsOf(frame.lang).appointments.saidState(stateText({ frame, status, facts }));
  const isOpen = isAhead(status) && doorPhaseOf(talon, frame.now) === 'open';
  return (
    <Talon
      frame={frame}
      at={facts.startsAt}
      state={status}
      now={isOpen}
      fragment={{ id: `consultation-${id}`, 'data-say': say, ...reloads }}
    >
      <TalonHead frame={frame} doctor={talon.doctor} slot={facts} href={`/consultations/${id}`} linkId={`open-${id}`}>
        <Tag frame={frame} status={status} facts={facts} />
      </TalonHead>
      <TalonBody frame={frame} talon={talon} />
    </Talon>
  );
}

function TalonBody({ frame, talon }: AppointmentTalonProps) {
  switch (talon.status) {
    case 'reserved':
      return <Unpaid frame={frame} talon={talon} />;
    case 'paid':
    case 'waiting':
    case 'progress':
      return <Paid frame={frame} talon={talon} />;
    case 'concluded':
    case 'published':
    case 'lapsed':
    case 'cancelled':
    case 'absent':
    case 'failed':
      return <Ended frame={frame} talon={talon} />;
  }
}

function Paid({ frame, talon }: AppointmentTalonProps) {
  const w = wordsOf(frame.lang).appointments;
  const { id, facts, delay } = talon;
  const late = rescuedLateMs(facts);
  const isBefore = frame.now < facts.startsAt;
  return (
    <>
      {late !== null && <Notice tone="ok" icon="done" lead={w.rescuedLead} text={w.rescued(minutesOf(late))} />}
      {delay.delay.kind === 'offered' && <DelayOffer frame={frame} view={delay} />}
      <JoinButton frame={frame} talon={talon} />
      <p class="small muted">{moneyLine(facts, frame)}</p>
      <div class="acts">
        <a class="button plain" href={`/consultations/${id}/check`} id={`check-${id}`}>
          {wordsOf(frame.lang).check.link}
        </a>
        <a class="button plain" href={`/consultations/${id}/questionnaire`} id={`tell-${id}`}>
          {wordsOf(frame.lang).questionnaire.link}
        </a>
        <a class="button plain" href={`/consultations/${id}.ics`} id={`calendar-${id}`}>
          {w.calendar}
        </a>
        {!isBefore && talon.claim && <ClaimButton frame={frame} consultationId={id} offer={talon.claim} />}
        {isBefore && delay.delay.kind === 'none' && (
          <a class="button plain" href={`/consultations/${id}/reschedule`} id={`move-${id}`}>
            {w.move}
          </a>
        )}
        {isBefore && (
          <a class="button plain bad" href={`/consultations/${id}/cancellation`} id={`cancel-${id}`}>
            {w.cancel}
          </a>
        )}
      </div>
    </>
  );
}
