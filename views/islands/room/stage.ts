// The stage: the other one's picture and sound, one's own picture, the sentence above them. Only DOM; it decides nothing.
import { attach, find, show, write } from '../dom.ts';
import type { Kind } from './roster.ts';

const room = find('#call');
const stage = find('[data-stage]');
const remote = find<HTMLVideoElement>('[data-remote]');
const screen = find<HTMLVideoElement>('[data-remote-screen]');
const self = find('[data-self]');
const banner = find('[data-banner]');
const audio = document.createElement('audio');
audio.autoplay = true;

let hasPicture = false;
let press: (() => void) | null = null;
find('[data-banner-button]')?.addEventListener('click', () => press?.());

/** Puts a pulled track in its place. */
export function showRemote(kind: Kind, track: MediaStreamTrack | null): void {
  attach(kind === 'mic' ? audio : kind === 'cam' ? remote : screen, track);
  if (kind === 'screen') show(screen, track !== null);
}

/** `blocked` is told whether the browser refuses to play sound without a click. */
export function playSound(blocked: (isBlocked: boolean) => void): void {
  audio.play().then(
    () => blocked(false),
    (error: unknown) => blocked(error instanceof DOMException && error.name === 'NotAllowedError'),
  );
}

export function setSpeaker(deviceId: string): void {
  if ('setSinkId' in audio) audio.setSinkId(deviceId).catch(() => undefined);
}

/** Whether there is a picture to look at, and what stands in its place. */
export function showPicture(isOn: boolean, instead: string): void {
  hasPicture = isOn;
  show(remote, isOn);
  show(find('[data-nobody]'), !isOn);
  write(find('[data-nobody-text]'), instead);
}

export const isPictureShown = (): boolean => hasPicture;

export function showSelf(track: MediaStreamTrack | null, isMuted: boolean): void {
  attach(find<HTMLVideoElement>('video', self ?? document), track);
  show(self, track !== null || isMuted);
  show(find('[data-self-muted]'), isMuted);
  self?.classList.toggle('empty', track === null);
}

export const showPeerMuted = (isMuted: boolean): void => show(find('[data-peer-muted]'), isMuted);

/** The sentence above the picture, with a button when there is something to press; without `press` any click does it. */
export function showBanner(text: string | null, button?: { readonly label: string; readonly press?: () => void }): void {
  write(find('[data-banner-text]'), text ?? '');
  show(banner, text !== null);
  const offer = find('[data-banner-button]');
  // What was offered has been done: whoever has pressed it goes on at the controls.
  if (button === undefined && document.activeElement === offer) find('[data-toggle]')?.focus({ preventScroll: true });
  write(offer, button?.label ?? '');
  show(offer, button !== undefined);
  press = button?.press ?? null;
}

export interface Cover {
  readonly heading: string;
  readonly text: string;
  /** What the button says; null keeps what the page drew. */
  readonly label: string | null;
}

/** What lies over the stage while there is no call here. Whoever was in what it covers goes on at its button, and from its button at the controls. */
export function showCover(cover: Cover | null): void {
  const lid = find('[data-cover]');
  const isNew = lid?.hidden === (cover !== null);
  const from = cover === null ? lid : room;
  const isLeft = isNew && from?.contains(document.activeElement);
  show(lid, cover !== null);
  stage?.classList.toggle('covered', cover !== null);
  if (isLeft) find(cover === null ? '[data-toggle]' : '[data-cover] [data-join]')?.focus({ preventScroll: true });
  if (cover === null) return;
  write(find('[data-cover-heading]'), cover.heading);
  write(find('[data-cover-text]'), cover.text);
  if (cover.label !== null) write(find('[data-cover-label]'), cover.label);
}
