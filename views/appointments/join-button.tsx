// «Онлайн-приём» on a talon. While it is not active it stays focusable and says why and from when it will be; then it links to the room.
import { clinicClockOf, clockOf, dayInSentence } from '../format.ts';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';

/** The state of the button at `now`. It is part of the talon's key, so a poll redraws the talon when it changes. */
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
