// The row of buttons under the stage, each with an icon and a word. The name of a toggle says what pressing it does, so there is no
// `aria-pressed`.
import type { ComponentChildren } from 'preact';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';

export function Controls({ frame, view }: { readonly frame: Frame; readonly view: RoomView }) {
  const w = wordsOf(frame.lang).room;
  const isDoctor = view.role === 'doctor';
  return (
    <div class="controls" role="group" aria-label={w.controls}>
      <Toggle name="mic" icon="mic" offIcon="micOff" label={w.microphone} act={w.off} />
      <Toggle name="camera" icon="camera" offIcon="cameraOff" label={w.camera} act={w.off} />
      {isDoctor && <Toggle name="screen" icon="screen" offIcon="screen" label={w.screen} act={w.screenOff} hidden />}
      <Opens panel="chat" icon="chat" label={w.chat}>
        <span class="count" data-unread hidden>
          <span class="away">{w.live.both.unread}</span>
          <span data-unread-count />
        </span>
      </Opens>
      <Opens panel="devices" icon="gear" label={w.devices} />
      <button class="ctl wide-only" type="button" data-full hidden>
        <Icon name="full" />
        <span>{w.full}</span>
      </button>
      <a class="ctl end" href={isDoctor ? '#end' : '/appointments'} data-leave>
        <Icon name="leave" />
        <span>{isDoctor ? w.conclude : w.leave}</span>
      </a>
    </div>
  );
}

interface ToggleProps {
  readonly name: 'mic' | 'camera' | 'screen';
  readonly icon: IconName;
  readonly offIcon: IconName;
  readonly label: string;
  /** What pressing does, for screen readers: « : выключить». */
  readonly act: string;
  readonly hidden?: boolean;
}

function Toggle({ name, icon, offIcon, label, act, hidden }: ToggleProps) {
  return (
    <button class="ctl scripted" type="button" data-toggle={name} hidden={hidden}>
      <span class="when-on">
        <Icon name={icon} />
      </span>
      <span class="when-off">
        <Icon name={offIcon} />
      </span>
      <span>
        {label}
        <span class="away" data-toggle-act>
          {act}
        </span>
      </span>
    </button>
  );
}

interface OpensProps {
  readonly panel: 'chat' | 'devices';
  readonly icon: IconName;
  readonly label: string;
  readonly children?: ComponentChildren;
}

function Opens({ panel, icon, label, children }: OpensProps) {
  return (
    <button class="ctl scripted" type="button" data-opens={panel} aria-expanded="false" aria-controls={panel}>
      <Icon name={icon} />
      <span>{label}</span>
      {children}
    </button>
  );
}
