// Draws the waiting room: who is there, how late the doctor is, and the button that becomes active when the door opens. Called by
// drawing.ts.
import type { Seat } from '../../../workflows/rules/roster.ts';
import type { Lateness } from '../../../workflows/rules/delay.ts';
import { all, find, show, write } from '../dom.ts';
import { fill } from '../text.ts';
import { isDelayOffered } from './delay.ts';
import { clockOf, minutesUntil, serverNow, setup, words } from './setup.ts';
import type { Cover } from './stage.ts';

export interface Lobby {
  readonly peer: Seat | null;
  /** The room has sent its roster. Until then, and on a device without a socket, the text drawn by the server stays. */
  readonly isTold: boolean;
  readonly late: Lateness | null;
  readonly isCalled: boolean;
  /** The camera or the microphone is already open. */
  readonly isReady: boolean;
  /** This person is in the room on another device. */
  readonly isElsewhere: boolean;
  readonly isReachable: boolean;
}

const drawnWhy = find('[data-why]')?.textContent ?? '';

export const isDoorOpen = (): boolean => serverNow() >= setup.opensAt;

export function drawLobby(lobby: Lobby): void {
  const isHere = isPeerHere(lobby);
  const heading = isHere ? words.peerHere : words.peerAway;
  const text = textOf(lobby, isHere);
  write(find('[data-there]'), heading);
  write(find('[data-there-text]'), text);
  const left = minutesUntil(setup.startsAt);
  write(find('[data-until]'), left > 0 ? fill(words.untilStart, { minutes: left }) : words.startsNow);
  show(find('[data-called]'), lobby.isCalled && !lobby.isElsewhere && isHere && isDoorOpen());
  drawDoctor(lobby);
  drawDoor(lobby);
}

/** The heading and the sentence of the cover over the doctor's stage before the call. */
export const coverOf = (lobby: Lobby): Cover => {
  const isHere = isPeerHere(lobby);
  const text = lobby.isElsewhere ? words.elsewhere : textOf(lobby, isHere);
  const heading = !isHere ? words.peerAway : lobby.peer?.inCall ? words.peerInCall : words.peerHere;
  return { heading, text, label: null };
};

const isPeerHere = ({ isTold, peer }: Lobby): boolean =>
  isTold ? peer !== null && peer.lostAt === null : setup.present.some(side => side !== setup.role);

function textOf({ late, peer }: Lobby, isHere: boolean): string {
  const shift = late?.minutes ?? 0;
  const begins = setup.startsAt + shift * 60_000;
  if (shift > 0 && serverNow() < begins) return fill(words.late, { minutes: shift, clock: clockOf(begins) });
  if (!isHere && peer !== null) return words.isBack;
  if (!isHere && serverNow() < setup.startsAt) return words.peerAwayText;
  if (!isHere) return isDelayOffered() ? words.peerOffered : words.peerOverdue;
  return isDoorOpen() ? words.peerHereText : fill(words.peerHereEarly, { clock: clockOf(setup.startsAt) });
}

/** Draws the doctor's line, which only the patient's page has. Before the room has sent its roster, the server's text stays. */
function drawDoctor({ isTold, peer }: Lobby): void {
  const line = find('[data-who=doctor]');
  if (!line || !isTold) return;
  const isHere = peer !== null && peer.lostAt === null;
  find('.dot', line)?.setAttribute('class', `dot ${isHere ? 'ok' : peer ? 'warn' : 'off'}`);
  write(line.lastElementChild, isHere ? fill(words.inRoomSince, { clock: clockOf(peer.enteredAt) }) : peer ? words.isBack : words.isAway);
}

function drawDoor(lobby: Lobby): void {
  const isOpen = isDoorOpen();
  for (const button of all('[data-join]')) {
    if (isOpen) button.removeAttribute('aria-disabled');
    else button.setAttribute('aria-disabled', 'true');
  }
  write(find('[data-why]'), whyOf(lobby, isOpen));
}

function whyOf(lobby: Lobby, isOpen: boolean): string {
  if (lobby.isElsewhere && isOpen) return words.elsewhere;
  if (!lobby.isReachable && !lobby.isElsewhere) return words.unreachable;
  if (!isOpen) return drawnWhy;
  return lobby.isReady ? words.readyHere : words.opensHere;
}
