// The fragment `#delay-{id}`: what the patient of a late doctor may do. Shown in the waiting room, on the talon and on the consultation's
// page. It reloads itself on the event «delay» of the room's script, and is hidden while nothing is offered.
import { clinicClockOf, rub } from '../format.ts';
import type { DelayView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { polls, seenOf } from '../parts/polling.ts';
import { wordsOf } from '../words.ts';

export interface DelayOfferProps {
  readonly frame: Frame;
  readonly view: DelayView;
  /** The patient made a choice, but the doctor had come first. */
  readonly isDoctorHere?: boolean;
}

export function DelayOffer({ frame, view, isDoctorHere = false }: DelayOfferProps) {
  const w = wordsOf(frame.lang).delay;
  const isOffered = view.delay.kind === 'offered';
  const say = isDoctorHere ? w.hereLead : !isOffered ? '' : view.hasWaited ? w.saidWaited : w.said;
  const asks = polls({ path: pathOf(view), on: 'delay', seen: delaySeenOf(view, isDoctorHere, frame.now) });
  return (
    <div id={`delay-${view.consultationId}`} class="delay" hidden={!isOffered && !isDoctorHere} data-delay data-say={say} {...asks}>
      {isDoctorHere ? <DoctorHere frame={frame} view={view} /> : isOffered && <Offered frame={frame} view={view} />}
    </div>
  );
}

/** What the offer shows; the promised time changes its words when it is over. */
export function delaySeenOf({ delay, trace, startsAt, hasWaited, returnMinor }: DelayView, isDoctorHere: boolean, now: number): string {
  if (delay.kind === 'none') return seenOf(delay.kind, isDoctorHere);
  const promisedAt = trace.late === null ? null : startsAt + trace.late.minutes * 60_000;
  return seenOf(delay.cause, delay.minutes, hasWaited, returnMinor, promisedAt, promisedAt !== null && promisedAt > now, isDoctorHere);
}

const pathOf = ({ consultationId }: DelayView): string => `/consultations/${consultationId}/delay`;

function Offered({ frame, view }: DelayOfferProps) {
  const w = wordsOf(frame.lang).delay;
  if (view.hasWaited) return <Waited frame={frame} view={view} />;
  const { lead, text } = saidOf(frame, view);
  return (
    <Notice tone="warn" icon="clock" lead={lead} text={text}>
      <div class="acts">
        <Choice view={view} choice="wait" label={w.wait} kind="quiet wide" />
        <Move frame={frame} view={view} kind="quiet" />
        <Choice view={view} choice="refund" label={w.refund(rub(view.returnMinor, frame.lang))} kind="quiet wide" />
      </div>
      <p class="small">{w.refundNote}</p>
    </Notice>
  );
}

/** Thanks in one line; the other two options stay available. */
function Waited({ frame, view }: DelayOfferProps) {
  const w = wordsOf(frame.lang).delay;
  const { delay } = view;
  const text =
    delay.kind === 'offered' && delay.cause === 'absent' ? w.waitedAbsent(delay.minutes) : w.waitedWord(promisedClock(frame, view));
  return (
    <div class="stack tight">
      <p class="small">{text}</p>
      <div class="row">
        <Move frame={frame} view={view} kind="plain" />
        <Choice view={view} choice="refund" label={w.refund(rub(view.returnMinor, frame.lang))} kind="plain" />
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly view: DelayView;
  readonly choice: 'wait' | 'refund';
  readonly label: string;
  readonly kind: string;
}

function Choice({ view, choice, label, kind }: ChoiceProps) {
  const path = pathOf(view);
  const swaps = { 'hx-post': path, 'hx-target': `#delay-${view.consultationId}`, 'hx-swap': 'outerHTML' };
  return (
    <form method="post" action={path} {...swaps}>
      <input type="hidden" name="choice" value={choice} />
      {choice === 'refund' && <input type="hidden" name="returnMinor" value={view.returnMinor} />}
      <button class={`button ${kind}`} id={`${choice}-${view.consultationId}`}>
        {label}
      </button>
    </form>
  );
}

const Move = ({ frame, view, kind }: DelayOfferProps & { readonly kind: string }) => (
  <a class={`button ${kind}`} href={`/consultations/${view.consultationId}/reschedule`} id={`late-move-${view.consultationId}`}>
    {wordsOf(frame.lang).delay.move}
  </a>
);

function DoctorHere({ frame, view }: DelayOfferProps) {
  const words = wordsOf(frame.lang);
  return (
    <Notice tone="ok" icon="user" lead={words.delay.hereLead} text={words.delay.here}>
      <div class="acts">
        <a class="button quiet" href={`/consultations/${view.consultationId}/room`}>
          {words.appointments.enter}
        </a>
      </div>
    </Notice>
  );
}

function saidOf(frame: Frame, view: DelayView): { readonly lead: string; readonly text: string } {
  const w = wordsOf(frame.lang).delay;
  const { delay, trace, startsAt } = view;
  if (delay.kind === 'none') return { lead: '', text: '' };
  if (delay.cause === 'word') return { lead: w.wordLead(delay.minutes, promisedClock(frame, view)), text: w.absent };
  const isPromised = trace.late !== null && startsAt + trace.late.minutes * 60_000 > frame.now;
  const promise = isPromised ? `${w.promised(promisedClock(frame, view))} ` : '';
  return { lead: w.absentLead(delay.minutes), text: promise + w.absent };
}

const promisedClock = (frame: Frame, { startsAt, trace }: DelayView): string =>
  clinicClockOf(startsAt + (trace.late?.minutes ?? 0) * 60_000, frame);
