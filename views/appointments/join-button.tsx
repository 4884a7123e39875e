// «Онлайн-приём» on a talon: while it does not work yet it stays focusable and says why and from when; then it leads into the room.
import { clinicClockOf, clockOf, dayInSentence } from '../format.ts';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';

/** What the button does at an instant; part of the card's key, so that a poll redraws it when this changes. */
export const doorPhaseOf = ({ door }: TalonView, now: number): 'early' | 'waiting' | 'open' =>
  now >= door.joinFrom ? 'open' : now >= door.waitingFrom ? 'waiting' : 'early';

export function JoinButton({ frame, talon }: { readonly frame: Frame; readonly talon: TalonView }) {
  const w = wordsOf(frame.lang).appointments;
  const { door, id } = talon;
  const room = `/consultations/${id}/room`;
  const phase = doorPhaseOf(talon, frame.now);
  if (phase === 'open')
    return (
      <div class="acts">
        <a class="button big" href={room} id={`join-${id}`}>
          <Icon name="video" />
          {w.enter}
        </a>
        <p class="why">{w.whyOpen}</p>
      </div>
    );
  const why = w.whyLater(dayInSentence(door.joinFrom, frame), clinicClockOf(door.joinFrom, frame), frame.clinic.joinMinutes);
  return (
    <div class="acts">
      <button class="button" type="button" aria-disabled="true" aria-describedby={`why-${id}`} id={`join-${id}`}>
        <Icon name="video" />
        {w.enter}
      </button>
      {phase === 'waiting' && (
        <a class="button quiet" href={room} id={`waiting-${id}`}>
          {w.waitingRoom}
        </a>
      )}
      <p class="why" id={`why-${id}`}>
        {why}
        {phase === 'early' && ` ${w.whyWaiting(clockOf(door.waitingFrom, frame.clinic.zone))}`}
      </p>
    </div>
  );
}
