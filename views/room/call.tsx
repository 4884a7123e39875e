// The content of `.room`: the bar, the stage, the controls, the side panels. The same for both sides; islands/room drives it.
import { capital } from '../format.ts';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { Icon } from '../parts/icon.tsx';
import { doctorName, doctorTitle } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import { ChatPanel } from './chat-panel.tsx';
import { Controls } from './controls.tsx';
import { DevicesPanel } from './devices-panel.tsx';

export interface CallProps {
  readonly frame: Frame;
  readonly view: RoomView;
  readonly heading: 'h1' | 'h2';
}

export function Call({ frame, view, heading: Heading }: CallProps) {
  const w = wordsOf(frame.lang).room;
  const name = peerOf(frame, view);
  const title = view.role === 'patient' ? doctorTitle(view.doctor, frame.lang) : name;
  return (
    <>
      <header class="bar">
        <Heading>{title}</Heading>
        <p data-elapsed>
          <span class="dot off" />
          <span />
        </p>
        <p data-quality="checking" class="off">
          <Icon name="net" />
          <span role="status" aria-label={w.quality} />
        </p>
      </header>
      <Stage frame={frame} view={view} />
      <Controls frame={frame} view={view} />
      <ChatPanel frame={frame} />
      <DevicesPanel frame={frame} view={view} />
    </>
  );
}

const peerOf = (frame: Frame, view: RoomView): string => (view.role === 'patient' ? doctorName(view.doctor, frame.lang) : view.patientName);

function Stage({ frame, view }: Omit<CallProps, 'heading'>) {
  const w = wordsOf(frame.lang).room;
  const live = { ...w.live.both, ...w.live[view.role] };
  const name = peerOf(frame, view);
  return (
    <div class="stage" data-stage>
      <video data-remote playsInline autoplay muted hidden aria-label={w.remote(name)} />
      <video data-remote-screen class="whole" playsInline autoplay muted hidden aria-label={w.remoteScreen} />
      <div class="nobody" data-nobody>
        <span class="face l" aria-hidden="true">
          {name
            .split(' ')
            .map(part => part.charAt(0))
            .join('')}
        </span>
        <p role="status" data-nobody-text>
          {live.peerAbsent}
        </p>
      </div>
      <div class="banner" data-banner hidden>
        <Icon name="refresh" />
        <p role="status" data-banner-text />
        <button class="button quiet" type="button" data-banner-button hidden>
          {live.tryAgain}
        </button>
      </div>
      <p class="name">
        {capital(name)}
        <span data-peer-muted hidden>
          <Icon name="micOff" />
          <span class="away">{live.peerMuted}</span>
        </span>
      </p>
      <div class="self" data-self hidden>
        <video muted playsInline autoplay aria-label={w.self} />
        <p data-self-muted hidden>
          <Icon name="micOff" />
          <span class="away">{live.mutedSelf}</span>
        </p>
      </div>
      <Cover frame={frame} view={view} />
    </div>
  );
}

/** Covers the stage while there is no call on this device: before the doctor has joined, and after another device took the call over. */
function Cover({ frame, view }: Omit<CallProps, 'heading'>) {
  const w = wordsOf(frame.lang).room;
  const live = { ...w.live.both, ...w.live[view.role] };
  const isThere = view.present.some(side => side !== view.role);
  return (
    <div class="cover" data-cover hidden={view.role === 'patient'}>
      <div class="stack tight" aria-live="polite">
        <h2 data-cover-heading>{isThere ? live.peerHere : live.peerAway}</h2>
        <p data-cover-text>{isThere ? live.peerHereText : frame.now < view.slot.startsAt ? live.peerAwayText : live.peerOverdue}</p>
      </div>
      <div class="acts scripted">
        <button class="button big" type="button" data-join aria-disabled="true">
          <Icon name="video" />
          <span data-cover-label>{w.join}</span>
        </button>
      </div>
      <noscript>
        <p>
          <b>{w.withoutScript}</b>
        </p>
      </noscript>
    </div>
  );
}
