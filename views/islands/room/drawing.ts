// Draws the state of a visit: buttons, the waiting room, the picture or the text instead of it, and the banner above it. It makes no
// decisions. visit.ts calls it after every change and twice a second, so each part writes only what differs.
import { drawCheck } from '../check/check.ts';
import { find } from '../dom.ts';
import { drawElapsed } from './bar.ts';
import { drawChoices } from './choices.ts';
import { drawToggle, hideControls } from './controls.ts';
import type { Devices } from './devices.ts';
import { bannerOf, type Line } from './ladder.ts';
import { setPanel } from './panels.ts';
import { goToHelpIn } from './permission-help.ts';
import { setup, words } from './setup.ts';
import { isPictureShown, showBanner, showCover, showPeerMuted, showPicture, showSelf } from './stage.ts';
import { coverOf, drawLobby, type Lobby } from './waiting.ts';

export interface Drawn extends Omit<Lobby, 'isReady' | 'isReachable'> {
  readonly devices: Devices;
  readonly isScreenShown: boolean;
  readonly isJoined: boolean;
  readonly hasRemoteVideo: boolean;
  readonly line: Line;
}

/** A connection that takes longer than this, ms, is reported to the person. */
const OPENING_MS = 5_000;

export function draw(drawn: Drawn): void {
  const { devices, isJoined, line, peer } = drawn;
  drawToggles(drawn);
  showSelf(devices.camera, isJoined && !(devices.microphone && devices.wantsMicrophone));
  drawWaiting(drawn);
  showPicture(isJoined && drawn.hasRemoteVideo && peer?.cam !== false && !line.isVideoOff, insteadOfPicture(drawn));
  showPeerMuted(peer !== null && peer.inCall && !peer.mic);
  drawElapsed();
  drawBanner(drawn);
}

/** Draws the lists of devices and the results of the check. Called only when something about the devices has changed. */
export function drawDevices(devices: Devices): void {
  drawCheck(devices);
  drawChoices(devices);
}

function drawToggles({ devices, isJoined, isElsewhere, isScreenShown }: Drawn): void {
  hideControls(isElsewhere);
  drawToggle('mic', devices.microphone ? devices.wantsMicrophone : !isJoined && devices.wantsMicrophone);
  drawToggle('camera', devices.camera !== null || (!isJoined && devices.wantsCamera));
  drawToggle('screen', isScreenShown);
}

function drawWaiting(drawn: Drawn): void {
  const { devices, line, isJoined } = drawn;
  const isReady = devices.camera !== null || devices.microphone !== null;
  const isReachable = line.socket !== 'opening' || Date.now() - line.socketAt < OPENING_MS;
  const lobby: Lobby = { ...drawn, isReady, isReachable };
  drawLobby(lobby);
  // On a replaced device the cover has its own text (visit.ts).
  if (!isJoined && setup.role === 'doctor' && line.socket !== 'replaced') showCover(coverOf(lobby));
}

function insteadOfPicture({ line, peer, isTold }: Drawn): string {
  if (!isTold) return words.joining;
  // After a return to a call that had begun, an absent participant has left; it is not that they have not come yet.
  if (peer === null) return line.peer === 'left' || setup.startedAt !== null ? words.peerLeft : words.peerAbsent;
  if (!peer.inCall) return words.peerHere;
  return peer.cam && !line.isVideoOff ? words.joining : words.peerNoVideo;
}

function showHelp(): void {
  setPanel('devices');
  goToHelpIn(find('#devices'));
}

function drawBanner({ devices, isJoined, line }: Drawn): void {
  const banner = bannerOf(line, Date.now());
  const [problem] = devices.problems.values();
  // Any click starts the sound (visit.ts), including a click on this button.
  if (banner === 'playBlocked') return showBanner(words.playBlocked, { label: words.playAllow });
  // Without a picture the stage already shows this text.
  if (banner === 'peerLeft' && !isPictureShown()) return showBanner(null);
  if (banner !== null) return showBanner(words[banner]);
  if (!isJoined || problem === undefined) return showBanner(null);
  if (problem.endsWith('Refused')) return showBanner(words[problem], { label: words.howToAllow, press: showHelp });
  showBanner(words[problem], { label: words.tryAgain, press: () => void devices.hold() });
}
