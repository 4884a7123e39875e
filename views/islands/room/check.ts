// «Проверка связи»: fills its rows and tells the clinic what came out, so that the doctor and the support know before the call.
import { attach, find, show, write } from './dom.ts';
import type { Devices } from './devices.ts';
import { type Forecast, forecastOf, measure } from './forecast.ts';
import { meter } from './meter.ts';
import type { Device } from './problem.ts';
import { fill, setup, words } from './setup.ts';
import { playTones } from './sound.ts';

type Row = Device | 'speaker' | 'network';
type Tone = 'ok' | 'warn' | 'bad' | 'off';

const card = find('[data-check]');
const result = { isHeard: false, isSoundHeard: false, network: null as Forecast | null, rttMs: 0, kbps: 0 };

export function runCheck(devices: Devices): void {
  if (!card) return;
  find('[data-check-start]')?.addEventListener('click', () => void start(devices));
  for (const device of ['camera', 'microphone'] as const)
    rowButton(device)?.addEventListener('click', () => {
      const select = find<HTMLSelectElement>('select', row(device) ?? card);
      show(select, select?.hidden === true);
      select?.focus();
    });
  rowButton('speaker')?.addEventListener('click', () => void hearSound(devices));
}

async function start(devices: Devices): Promise<void> {
  show(find('[data-check-acts]'), false);
  show(find('[data-check-lead]'), false);
  draw('camera', 'off', words.cameraChecking);
  await Promise.all([devices.hold(), checkNetwork()]);
  await tell(devices);
}

/** Draws camera and microphone whenever something about them has changed. */
export function drawCheck(devices: Devices): void {
  if (!card || (devices.known.length === 0 && devices.problems.size === 0)) return;
  show(find('[data-check-acts]'), false);
  show(find('[data-check-lead]'), false);
  const { camera, microphone } = devices;
  attach(find<HTMLVideoElement>('[data-preview] video'), camera);
  show(find('[data-preview]'), camera !== null);
  show(find('[data-preview-tag]'), camera !== null);
  drawDevice(devices, 'camera', camera?.label || words.cameraOk);
  drawDevice(devices, 'microphone', result.isHeard ? words.microphoneOk : words.microphoneQuiet);
  meter(microphone, () => {
    result.isHeard = true;
    drawDevice(devices, 'microphone', words.microphoneOk);
  });
}

function drawDevice(devices: Devices, device: Device, fine: string): void {
  const problem = devices.problems.get(device);
  if (problem) draw(device, device === 'camera' ? 'warn' : 'bad', words[problem]);
  else if (devices[device]) draw(device, 'ok', fine);
  show(rowButton(device), devices.of(device).length > 1);
}

async function hearSound(devices: Devices): Promise<void> {
  const button = rowButton('speaker');
  if (button?.dataset.asked !== undefined) {
    result.isSoundHeard = true;
    draw('speaker', 'ok', words.soundOk);
    show(button, false);
    return await tell(devices);
  }
  draw('speaker', 'warn', words.soundAsk);
  await playTones(devices.chosen('speaker'));
  if (!button) return;
  button.dataset.asked = '';
  button.textContent = button.dataset.heard ?? '';
}

async function checkNetwork(): Promise<void> {
  const measured = await measure(import.meta.url);
  if (measured === null) return draw('network', 'warn', words.networkUnknown);
  const forecast = forecastOf(measured);
  Object.assign(result, { network: forecast, ...measured });
  // Past some point a figure only impresses, and a few tens of kilobytes cannot measure it.
  const speed = Math.min(50, measured.kbps / 1000)
    .toFixed(1)
    .replace('.', words.point);
  const text = { video: words.networkVideo, audio: words.networkAudio, chat: words.networkChat }[forecast];
  draw('network', forecast === 'video' ? 'ok' : 'warn', fill(text, { speed, rtt: measured.rttMs }));
}

/** What came out goes on record; when that does not work, nobody is kept from the call. */
async function tell(devices: Devices): Promise<void> {
  const body = {
    camera: devices.camera !== null,
    microphone: devices.microphone !== null,
    speaker: result.isSoundHeard,
    network: result.network ?? 'chat',
    details: { rttMs: result.rttMs, kbps: result.kbps, spoke: result.isHeard, problems: [...devices.problems.values()].join(' ') },
  };
  await fetch(`/consultations/${setup.consultationId}/room/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
}

function draw(name: Row, tone: Tone, text: string): void {
  const line = row(name);
  if (!line) return;
  line.className = tone;
  write(find('[data-row-text]', line), text);
}

const row = (name: Row): HTMLElement | null => find(`[data-row=${name}]`);
const rowButton = (name: Row): HTMLElement | null => find(`[data-row-button=${name}]`);
