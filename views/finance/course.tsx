// What happened to a claim, in order, with who did it.
import type { ClaimEvent, ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import { dateOf, clockOf, plainDay, rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

export function Course({ frame, screen }: { readonly frame: Frame; readonly screen: ClaimScreen }) {
  const w = wordsOf(frame.lang).finance;
  const { zone } = frame.clinic;
  const days = screen.events.map(({ at }) => dateOf(at, zone));
  return (
    <section class="card" aria-labelledby="course">
      <h2 id="course">{w.course}</h2>
      <ol class="timeline">
        {screen.events.map((event, i) => (
          <>
            {days[i] !== days[i - 1] && <li class="date">{plainDay(days[i] ?? '', frame.lang)}</li>}
            <li>
              <Time frame={frame} at={event.at}>
                {clockOf(event.at, zone)}
              </Time>
              <div>
                {eventText(frame, event)}
                {'text' in event && <p>{event.text}</p>}
                <p class="by">{event.by ?? (event.kind === 'signature' ? w.byPatient : w.byRule)}</p>
              </div>
            </li>
          </>
        ))}
      </ol>
    </section>
  );
}

export function eventText(frame: Frame, event: ClaimEvent): string {
  const w = wordsOf(frame.lang).finance;
  switch (event.kind) {
    case 'form':
      return w.events.form(event.version, rub(event.minor, frame.lang));
    case 'signature':
      return w.events.signature[event.way];
    case 'decision':
      return w.outcomes[event.outcome](rub(event.minor, frame.lang));
    default:
      return w.events[event.kind];
  }
}
