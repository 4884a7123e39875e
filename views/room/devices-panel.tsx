// «Устройства»: choosing camera, microphone and speaker without leaving the call; the help on refused permissions; and moving the visit to
// another device.
import { PermissionHelp } from '../check/permission-help.tsx';
import { Handover } from '../handover/handover.tsx';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';

export function DevicesPanel({ frame, view }: { readonly frame: Frame; readonly view: RoomView }) {
  const { room: w, check } = wordsOf(frame.lang);
  const first = check.live.defaultDevice;
  return (
    <aside class="chat" id="devices" aria-label={w.devices} data-panel hidden>
      <PanelHeader frame={frame} title={w.devices} />
      <div class="log stack">
        <p class="small">{w.background}</p>
        <Choice kind="camera" label={w.camera} first={first} />
        <Choice kind="microphone" label={w.microphone} first={first} />
        <progress max={100} value={0} aria-label={w.level} data-level hidden />
        <Choice kind="speaker" label={w.speaker} first={first} hidden />
        <PermissionHelp frame={frame} isPanel />
        <Handover frame={frame} consultationId={view.consultationId} place="panel" state={{ kind: 'idle' }} />
      </div>
    </aside>
  );
}

interface ChoiceProps {
  readonly kind: 'camera' | 'microphone' | 'speaker';
  readonly label: string;
  /** The item shown until the browser has listed the devices. */
  readonly first: string;
  readonly hidden?: boolean;
}

const Choice = ({ kind, label, first, hidden }: ChoiceProps) => (
  <div class="field" data-choice={kind} hidden={hidden}>
    <label for={`choose-${kind}`}>{label}</label>
    <p class="hint" data-problem={kind} hidden />
    <select id={`choose-${kind}`} data-choose={kind}>
      <option value="">{first}</option>
    </select>
  </div>
);

export function PanelHeader({ frame, title }: { readonly frame: Frame; readonly title: string }) {
  return (
    <header>
      <h2>{title}</h2>
      <button class="button plain" type="button" data-close-panel>
        <Icon name="x" />
        <span class="away">
          {wordsOf(frame.lang).room.close}: {title}
        </span>
      </button>
    </header>
  );
}
