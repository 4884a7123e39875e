// Fills every list of devices on the page, in the check and in the call's panel, and shows the problems of devices.
import { words } from '../check/setup.ts';
import { all, find, show, write } from '../dom.ts';
import type { Choosable, Devices } from './devices.ts';
import { drawHelp } from './permission-help.ts';

const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

export function runChoices(devices: Devices): void {
  for (const select of all<HTMLSelectElement>('[data-choose]'))
    select.addEventListener('change', () => void devices.choose(select.dataset.choose as Choosable, select.value));
}

export function drawChoices(devices: Devices): void {
  for (const select of all<HTMLSelectElement>('[data-choose]')) drawChoice(select, devices, select.dataset.choose as Choosable);
  show(find('[data-choice=speaker]'), canChooseSpeaker && devices.of('speaker').length > 0);
  for (const hint of all('[data-problem]')) {
    const problem = devices.problems.get(hint.dataset.problem === 'camera' ? 'camera' : 'microphone');
    write(hint, problem ? words[problem] : '');
    show(hint, problem !== undefined);
  }
  drawHelp([...devices.problems.values()].some(problem => problem.endsWith('Refused')));
}

function drawChoice(select: HTMLSelectElement, devices: Devices, kind: Choosable): void {
  const known = devices.of(kind);
  const wanted =
    known.length === 0
      ? [new Option(words.defaultDevice, '')]
      : known.map(one => new Option(one.label || words.defaultDevice, one.deviceId));
  const before = [...select.options].map(option => option.value + option.text).join('|');
  if (before !== wanted.map(option => option.value + option.text).join('|')) select.replaceChildren(...wanted);
  const chosen = devices.chosen(kind);
  if (known.some(one => one.deviceId === chosen)) select.value = chosen;
}
