// The fragment `#consultation-{id}`: one talon of the list. While it awaits payment it asks for itself every five seconds; the answer 204
// means that nothing changed (`seen` says what is on the screen), so focus and the screen reader's place are left alone.
import { rescuedLateMs, type Status } from '../../workflows/rules/status.ts';
import { minutesOf } from '../format.ts';
import type { ConsultationCard } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { moneyLine } from '../parts/money-line.ts';
import { Notice } from '../parts/notice.tsx';
import { stateText, Tag } from '../parts/tag.tsx';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { wordsOf } from '../words.ts';
import { QUIET } from '../parts/polling.ts';
import { DelayOffer } from '../delay/delay-offer.tsx';
import { Ended } from './ended.tsx';
import { doorPhaseOf, JoinButton } from './join-button.tsx';
import { Unpaid } from './unpaid.tsx';

export interface AppointmentCardProps {
  readonly frame: Frame;
  readonly card: ConsultationCard;
}

/** What a card shows, as a short key: the same key means the same card. */
export function cardKeyOf(card: ConsultationCard, now: number): string {
  const { facts, status, refusedReason, paymentOpen, delay } = card;
  const phase = status === 'reserved' && now >= facts.expiresAt ? 'checking' : status;
  const door = AHEAD.has(status) ? doorPhaseOf(card, now) : '';
  const late = delay.delay.kind === 'offered' ? `${delay.delay.cause}${delay.delay.minutes}${delay.hasWaited ? 'waited' : ''}` : '';
  return [phase, door, facts.expiresAt, facts.startsAt, refusedReason ?? '', paymentOpen ? 'open' : '', late].join('.');
}

const AHEAD: ReadonlySet<Status> = new Set(['paid', 'waiting', 'progress']);
// From here a card asks for itself, so that its button begins to work without a reload.
const SOON_MS = 30 * 60_000;

/** How often a card asks for itself; never when nothing of it can change by itself soon. */
function triggerOf({ status, door }: ConsultationCard, now: number): string | null {
  if (status === 'reserved') return 'every 5s, expired';
  return AHEAD.has(status) && now > door.waitingFrom - SOON_MS ? 'every 10s' : null;
}

export function AppointmentCard({ frame, card }: AppointmentCardProps) {
  const { facts, status, id } = card;
  const trigger = triggerOf(card, frame.now);
  const polls = trigger !== null && {
    'hx-get': `/consultations/${id}/card?seen=${encodeURIComponent(cardKeyOf(card, frame.now))}`,
    'hx-trigger': trigger,
    'hx-swap': 'outerHTML',
    ...QUIET,
  };
  const say = wordsOf(frame.lang).appointments.saidState(stateText({ frame, status, facts }));
  const isOpen = AHEAD.has(status) && doorPhaseOf(card, frame.now) === 'open';
  return (
    <Talon frame={frame} at={facts.startsAt} state={status} now={isOpen} fragment={{ id: `consultation-${id}`, 'data-say': say, ...polls }}>
      <TalonHead frame={frame} doctor={card.doctor} slot={facts} href={`/consultations/${id}`} linkId={`open-${id}`}>
        <Tag frame={frame} status={status} facts={facts} />
      </TalonHead>
      <CardBody frame={frame} card={card} />
    </Talon>
  );
}

function CardBody({ frame, card }: AppointmentCardProps) {
  switch (card.status) {
    case 'reserved':
      return <Unpaid frame={frame} card={card} />;
    case 'paid':
    case 'waiting':
    case 'progress':
      return <Paid frame={frame} card={card} />;
    default:
      return <Ended frame={frame} card={card} />;
  }
}

function Paid({ frame, card }: AppointmentCardProps) {
  const w = wordsOf(frame.lang).appointments;
  const { id, facts, delay } = card;
  const late = rescuedLateMs(facts);
  const isAhead = frame.now < facts.startsAt;
  return (
    <>
      {late !== null && <Notice tone="ok" icon="done" lead={w.rescuedLead} text={w.rescued(minutesOf(late))} />}
      {delay.delay.kind === 'offered' && <DelayOffer frame={frame} view={delay} />}
      <JoinButton frame={frame} card={card} />
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
        {isAhead && delay.delay.kind === 'none' && (
          <a class="button plain" href={`/consultations/${id}/reschedule`} id={`move-${id}`}>
            {w.move}
          </a>
        )}
        {isAhead && (
          <a class="button plain bad" href={`/consultations/${id}/cancellation`} id={`cancel-${id}`}>
            {w.cancel}
          </a>
        )}
      </div>
    </>
  );
}
