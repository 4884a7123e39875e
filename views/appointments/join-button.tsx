// «Онлайн-приём» while it does not work yet: it stays focusable and says why and from when. The room itself comes with its own door strip.
import { clinicClockOf, clockOf, dayInSentence } from '../format.ts';
import type { ConsultationCard, Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { Phone } from '../parts/notice.tsx';
import { Rich } from '../parts/rich.tsx';
import { wordsOf } from '../words.ts';

export function JoinButton({ frame, card }: { readonly frame: Frame; readonly card: ConsultationCard }) {
  const w = wordsOf(frame.lang).appointments;
  const { door, id } = card;
  const why = `why-${id}`;
  const phone = <Phone frame={frame} />;
  if (frame.now >= card.facts.endsAt)
    return (
      <p>
        <Rich text={w.whyOver} fill={{ phone }} />
      </p>
    );
  return (
    <div class="acts">
      <button class="button" type="button" aria-disabled="true" aria-describedby={why} id={`join-${id}`}>
        <Icon name="video" />
        {w.enter}
      </button>
      <p class="why" id={why}>
        {frame.now < door.joinFrom ? (
          `${w.whyLater(dayInSentence(door.joinFrom, frame), clinicClockOf(door.joinFrom, frame), frame.clinic.joinMinutes)}${
            frame.now < door.waitingFrom ? ` ${w.whyWaiting(clockOf(door.waitingFrom, frame.clinic.zone))}` : ''
          }`
        ) : (
          <Rich text={w.whyClosed} fill={{ phone }} />
        )}
      </p>
    </div>
  );
}
