// «Проверка связи»: fills the rows of the check, shows the result above them and sends it to the clinic, so that the doctor and the support
// see it before the call. Used by the check page and by the waiting room.
import { readinessOf } from '../../../workflows/rules/readiness.ts';
import { attach, find, show } from '../dom.ts';
import type { Devices } from '../room/devices.ts';
import { meter } from '../room/meter.ts';
import type { Device } from '../room/problem.ts';
import { playTones } from '../room/sound.ts';
import { checkNetwork, isChecking, type Network } from './network.ts';
import { draw, hush, nameButton, row, rowButton, say, showButton } from './rows.ts';
import { setup, words } from './setup.ts';

const card = find('[data-check]');
const heard = { voice: false, sound: false };
/** The network result of the last finished check; null before the first one. */
let network: Network | null = null;

export function runCheck(devices: Devices): void {
  if (!card) return;
  find('[data-check-start]')?.addEventListener('click', () => void start(devices));
  for (const device of ['camera', 'microphone'] as const)
    rowButton(device)?.addEventListener('click', () => (devices.problems.has(device) ? void retry(devices, device) : change(device)));
  rowButton('speaker')?.addEventListener('click', () => void hearSound(devices));
  rowButton('network')?.addEventListener('click', () => void checkNetwork().then(checked => finish(devices, checked)));
}

function change(device: Device): void {
  const select = selectOf(device);
  show(select, select?.hidden === true);
  select?.focus();
}

async function retry(devices: Devices, device: Device): Promise<void> {
  draw(device, 'off', words.deviceChecking);
  await devices.retry(device);
  await tell(devices);
}

async function start(devices: Devices): Promise<void> {
  show(find('[data-check-acts]'), false);
  // The start button is hidden now, so the focus moves to the first row of the results.
  row('camera')?.focus({ preventScroll: true });
  show(find('[data-check-lead]'), false);
  draw('camera', 'off', words.deviceChecking);
  const [checked] = await Promise.all([checkNetwork(), devices.hold()]);
  await finish(devices, checked);
}

async function finish(devices: Devices, checked: Network | null): Promise<void> {
  if (checked === null) return;
  if (checked.tried.kind === 'stopped') return hush();
  network = checked;
  drawVerdict(devices);
  await tell(devices);
}

/** Draws camera and microphone whenever something about them has changed. */
export function drawCheck(devices: Devices): void {
  if (!card || (devices.known.length === 0 && devices.problems.size === 0)) return;
  show(find('[data-check-lead]'), false);
  const { camera, microphone } = devices;
  attach(find<HTMLVideoElement>('[data-preview] video'), camera);
  show(find('[data-preview]'), camera !== null);
  show(find('[data-preview-tag]'), camera !== null);
  drawDevice(devices, 'camera', camera?.label || words.cameraOk);
  drawDevice(devices, 'microphone', heard.voice ? words.microphoneOk : words.microphoneQuiet);
  meter(microphone, () => {
    heard.voice = true;
    drawDevice(devices, 'microphone', words.microphoneOk);
  });
  if (!isChecking()) drawVerdict(devices);
}

function drawDevice(devices: Devices, device: Device, fine: string): void {
  const problem = devices.problems.get(device);
  if (problem) draw(device, device === 'camera' ? 'warn' : 'bad', words[problem]);
  else if (devices[device]) draw(device, 'ok', fine);
  nameButton(device, rowButton(device)?.dataset[problem ? 'retry' : 'change'] ?? '');
  const hasChoice = devices.of(device).length > 1;
  showButton(device, problem !== undefined || hasChoice);
  // Here the button retries the device, so the list itself is shown for choosing another one.
  if (problem && hasChoice) show(selectOf(device), true);
}

const selectOf = (device: Device) => find<HTMLSelectElement>('select', row(device) ?? document);

async function hearSound(devices: Devices): Promise<void> {
  const button = rowButton('speaker');
  if (button?.dataset.asked !== undefined) {
    heard.sound = true;
    draw('speaker', 'ok', words.soundOk);
    showButton('speaker', false);
    return await tell(devices);
  }
  draw('speaker', 'warn', words.soundAsk);
  await playTones(devices.chosen('speaker'));
  if (!button) return;
  button.dataset.asked = '';
  nameButton('speaker', button.dataset.heard ?? '');
}

/** A device that was released after a successful check still counts as working. */
const works = (devices: Devices, device: Device): boolean => devices[device] !== null || !devices.problems.has(device);

function drawVerdict(devices: Devices): void {
  if (network === null) return;
  const { forecast } = network;
  const readiness = readinessOf({ camera: works(devices, 'camera'), microphone: works(devices, 'microphone'), network: forecast });
  const { lead, text } = words.readiness[readiness];
  say(readiness === 'ready' ? 'ok' : 'warn', lead, text);
}

/**
 * Sends the result to the consultation's record. A failed request is ignored, because a missing record must not keep anyone from the call.
 */
async function tell(devices: Devices): Promise<void> {
  if (setup.consultationId === null || network === null) return;
  const { tried, forecast } = network;
  const figures = tried.kind === 'carried' ? { rttMs: tried.rttMs, kbps: tried.kbps, loss: tried.loss, connectMs: tried.connectMs } : {};
  const body = {
    camera: works(devices, 'camera'),
    microphone: works(devices, 'microphone'),
    speaker: heard.sound,
    // The record has no value for a network that could not be measured: it gets `chat`, and `details.measured` is false.
    network: forecast ?? 'chat',
    details: { ...figures, measured: forecast !== null, spoke: heard.voice, problems: [...devices.problems.values()].join(' ') },
  };
  await fetch(`/consultations/${setup.consultationId}/room/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
}
