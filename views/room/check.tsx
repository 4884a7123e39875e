// «Проверка связи»: camera with its picture, microphone with its level, a sound, the network. Rows are filled by the island after a click, because
// the browser asks for permission then.
import type { Frame } from '../model.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';

export function Check({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).room;
  return (
    <section class="card scripted" data-check>
      <h2>{w.check}</h2>
      <p class="muted" data-check-lead>
        {w.checkLead}
      </p>
      <div class="preview" data-preview hidden>
        <video muted playsInline autoplay aria-label={w.picture} />
        <span class="tag ok" data-preview-tag hidden>
          <Icon name="check" />
          {w.live.both.cameraOk}
        </span>
      </div>
      <ul class="check" aria-live="polite">
        <Row frame={frame} kind="camera" icon="camera" title={w.camera} button={w.change} />
        <Row frame={frame} kind="microphone" icon="mic" title={w.microphone} button={w.change} />
        <Row frame={frame} kind="speaker" icon="speaker" title={w.sound} button={w.soundPlay} />
        <Row frame={frame} kind="network" icon="net" title={w.network} button={null} />
      </ul>
      <div class="acts" data-check-acts>
        <button class="button quiet" type="button" data-check-start>
          {w.checkStart}
        </button>
      </div>
    </section>
  );
}

interface RowProps {
  readonly frame: Frame;
  readonly kind: 'camera' | 'microphone' | 'speaker' | 'network';
  readonly icon: IconName;
  readonly title: string;
  readonly button: string | null;
}

function Row({ frame, kind, icon, title, button }: RowProps) {
  const w = wordsOf(frame.lang).room;
  const isChosen = kind === 'camera' || kind === 'microphone';
  return (
    <li data-row={kind} class="off">
      <Icon name={icon} />
      <div>
        <b>{title}</b>
        <p data-row-text>{w.unchecked}</p>
        {kind === 'microphone' && <progress max={100} value={0} aria-label={w.level} data-level hidden />}
        {isChosen && <select data-choose={kind} aria-label={title} hidden />}
      </div>
      {button !== null && (
        <button
          class="button quiet"
          type="button"
          data-row-button={kind}
          data-heard={kind === 'speaker' ? w.soundHeard : undefined}
          hidden={isChosen}
        >
          {button} <span class="away">{title}</span>
        </button>
      )}
    </li>
  );
}
