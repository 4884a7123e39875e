// The buttons under the stage: microphone, camera, screen, full screen. Called by main.ts and drawing.ts.
import { all, find, show, write } from '../dom.ts';
import { words } from './setup.ts';

export type Toggle = 'mic' | 'camera' | 'screen';

export function runControls(press: (toggle: Toggle) => void): void {
  for (const button of all('[data-toggle]')) button.addEventListener('click', () => press(button.dataset.toggle as Toggle));
  show(find('[data-toggle=screen]'), 'getDisplayMedia' in (navigator.mediaDevices ?? {}));
  const room = find('#call');
  const full = find('[data-full]');
  show(full, document.fullscreenEnabled);
  document.addEventListener('fullscreenchange', () => full?.setAttribute('aria-pressed', String(document.fullscreenElement !== null)));
  full?.addEventListener('click', () => void (document.fullscreenElement ? document.exitFullscreen() : room?.requestFullscreen()));
}

/** While the call is on another device only the button to leave is shown. */
export const hideControls = (isHidden: boolean): void => void find('#call')?.toggleAttribute('data-elsewhere', isHidden);

export function drawToggle(toggle: Toggle, isOn: boolean): void {
  const button = find(`[data-toggle=${toggle}]`);
  if (!button) return;
  // Highlights states that are easily forgotten: a microphone or a camera that is off, a screen that is shared.
  button.toggleAttribute('data-alert', toggle === 'screen' ? isOn : !isOn);
  const act = find('[data-toggle-act]', button);
  if (toggle !== 'screen') return write(act, isOn ? words.off : words.on);
  button.dataset.whenOff ??= act?.textContent ?? '';
  write(act, isOn ? words.screenOn : button.dataset.whenOff);
}
