// The fragment `#handover-{place}`: a button, then a QR code for another device with its address and the time left. Used in the waiting
// room, in the call's «Устройства», and on its own page without script. When the time is over, or another device has taken the visit, it
// reloads itself and shows the button again.
import { clinicClockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { polls } from '../parts/polling.ts';
import { TimeLeft } from '../parts/time-left.tsx';
import { wordsOf } from '../words.ts';
import { Qr } from './qr.tsx';

type HandoverPlace = 'waiting' | 'panel' | 'page';

export type HandoverState =
  | { readonly kind: 'idle' | 'over' | 'tooMany' }
  | { readonly kind: 'code'; readonly address: string; readonly until: number; readonly lifeMs: number };

export interface HandoverProps {
  readonly frame: Frame;
  readonly consultationId: string;
  readonly place: HandoverPlace;
  readonly state: HandoverState;
}

export function Handover({ frame, consultationId, place, state }: HandoverProps) {
  const w = wordsOf(frame.lang).handover;
  const id = `handover-${place}`;
  const action = `/consultations/${consultationId}/room/handover`;
  const Heading = HEADING[place];
  const isOver = state.kind === 'code' && polls({ path: `${action}?place=${place}`, on: 'expired', seen: state.kind });
  return (
    <section class={place === 'panel' ? 'stack' : 'card'} id={id} {...isOver}>
      <Heading>{w.heading}</Heading>
      {state.kind === 'code' ? <Code frame={frame} id={id} {...state} /> : <p class="small">{w[TEXT[state.kind]]}</p>}
      <form method="post" action={action} hx-post={action} hx-target={`#${id}`} hx-swap="outerHTML">
        <input type="hidden" name="place" value={place} />
        <button class="button quiet" id={`${id}-make`}>
          {state.kind === 'idle' ? w.make : w.again}
        </button>
      </form>
    </section>
  );
}

const HEADING = { waiting: 'h2', panel: 'h3', page: 'h1' } as const;
const TEXT = { idle: 'text', over: 'over', tooMany: 'tooMany' } as const;

interface CodeProps {
  readonly frame: Frame;
  readonly id: string;
  readonly address: string;
  readonly until: number;
  readonly lifeMs: number;
}

function Code({ frame, id, address, until, lifeMs }: CodeProps) {
  const w = wordsOf(frame.lang).handover;
  const left = Math.max(0, until - frame.now);
  return (
    <div class="stack" data-countdown data-id={id} data-left={left} data-one={w.saidOne} data-over={w.saidOver}>
      <p role="status">{w.scan}</p>
      <Qr text={address} label={w.code} />
      <TimeLeft
        frame={frame}
        until={until}
        lifeMs={lifeMs}
        words={{ left: w.left, until: w.worksUntil(clinicClockOf(until, frame)), bar: w.bar }}
      />
      <p class="small">
        {w.orType} <b data-address>{address}</b>
      </p>
      <p class="small muted">{w.careful}</p>
    </div>
  );
}
