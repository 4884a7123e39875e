// «Проверка связи»: the camera with its picture, the microphone with its level, a test sound, the network, and the result above them. Used
// on its own page and in the waiting room. The script fills the rows after a click, because only then the browser asks for permission.
import type { ComponentChildren } from 'preact';
import type { Frame } from '../model.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import { Verdict } from './verdict.tsx';
import type { LastCheck } from '../../workflows/rules/readiness.ts';

export interface CheckProps {
  readonly frame: Frame;
  readonly last: LastCheck | null;
  /** Null when the page's own heading says the same. */
  readonly heading: string | null;
}

export function Check({ frame, last, heading }: CheckProps) {
  const { check: w, room } = wordsOf(frame.lang);
  return (
    <section class="card scripted" data-check aria-label={heading === null ? w.title : undefined}>
      {heading !== null && <h2>{heading}</h2>}
      <Verdict frame={frame} last={last} />
      <p class="muted" data-check-lead>
        {w.startLead}
      </p>
      <div class="acts" data-check-acts>
        <button class={heading === null ? 'button big' : 'button quiet'} type="button" data-check-start>
          {w.start}
        </button>
      </div>
      <div class="preview" data-preview hidden>
        <video muted playsInline autoplay aria-label={w.picture} />
        <span class="tag ok" data-preview-tag hidden>
          <Icon name="check" />
          {w.live.cameraOk}
        </span>
      </div>
      <ul class="check" aria-live="polite">
        <Row frame={frame} kind="camera" icon="camera" title={room.camera} button={w.change} retry={w.again}>
          <select data-choose="camera" aria-label={room.camera} hidden />
        </Row>
        <Row frame={frame} kind="microphone" icon="mic" title={room.microphone} button={w.change} retry={w.again}>
          <progress max={100} value={0} aria-label={room.level} data-level hidden />
          <select data-choose="microphone" aria-label={room.microphone} hidden />
        </Row>
        <Row frame={frame} kind="speaker" icon="speaker" title={w.sound} button={w.soundPlay} />
        <Row frame={frame} kind="network" icon="net" title={w.network} button={w.again}>
          <progress max={100} value={0} aria-label={w.measuring} data-trial hidden />
        </Row>
      </ul>
    </section>
  );
}

interface RowProps {
  readonly frame: Frame;
  readonly kind: 'camera' | 'microphone' | 'speaker' | 'network';
  readonly icon: IconName;
  readonly title: string;
  readonly button: string;
  /** The button's label while the device has a problem. */
  readonly retry?: string;
  readonly children?: ComponentChildren;
}

function Row({ frame, kind, icon, title, button, retry, children }: RowProps) {
  const w = wordsOf(frame.lang).check;
  return (
    <li data-row={kind} class="off" tabIndex={-1}>
      <Icon name={icon} />
      <div>
        <b>{title}</b>
        <p data-row-text>{w.unchecked}</p>
        {children}
      </div>
      <button
        class="button quiet"
        type="button"
        data-row-button={kind}
        data-heard={kind === 'speaker' ? w.soundHeard : undefined}
        data-change={retry && button}
        data-retry={retry}
        hidden={kind !== 'speaker'}
      >
        <span data-row-act>{button}</span> <span class="away">{title}</span>
      </button>
    </li>
  );
}
