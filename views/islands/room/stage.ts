// The DOM of the stage: the other participant's picture and sound, one's own picture, the banner above them. It makes no decisions. Called
// by drawing.ts, on-air.ts and visit.ts.
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

/** Calls `blocked` with whether the browser refuses to play sound without a click. */
export function playSound(blocked: (isBlocked: boolean) => void): void {
  audio.play().then(
    () => blocked(false),
    (error: unknown) => blocked(error instanceof DOMException && error.name === 'NotAllowedError'),
  );
}

export function setSpeaker(deviceId: string): void {
  if ('setSinkId' in audio) audio.setSinkId(deviceId).catch(() => undefined);
}

/** Shows the other participant's picture, or the text `instead` of it. */
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

/**
 * Shows the sentence above the picture, with a button when there is an action. A button without `press` is for actions that any click
 * starts.
 */
export function showBanner(text: string | null, button?: { readonly label: string; readonly press?: () => void }): void {
  write(find('[data-banner-text]'), text ?? '');
  show(banner, text !== null);
  const offer = find('[data-banner-button]');
  // The action was done, so the focus moves from its button to the controls.
  if (button === undefined && document.activeElement === offer) find('[data-toggle]')?.focus({ preventScroll: true });
  write(offer, button?.label ?? '');
  show(offer, button !== undefined);
  press = button?.press ?? null;
}

export interface Cover {
  readonly heading: string;
  readonly text: string;
  /** The label of the button; null keeps the label that the server drew. */
  readonly label: string | null;
}

/**
 * Shows or hides the cover over the stage while there is no call on this device. The focus moves from the covered elements to the cover's
 * button, and from that button to the controls.
 */
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
