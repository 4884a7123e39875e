// The room's data from the page, the estimated server time and a clock formatter. Used by the files of this folder.
import type { RoomSetup } from '../../room/setup.ts';
import { clockIn } from '../text.ts';

export const setup: RoomSetup = JSON.parse(document.getElementById('setup')?.textContent ?? '');
export const { words } = setup;

let ahead = setup.now - Date.now();

/** The server's time, ms, so that a device with a wrong clock still opens the door in time. */
export const serverNow = (): number => Date.now() + ahead;

export function setServerNow(now: number): void {
  ahead = now - Date.now();
}

/** Writes an instant, ms, as «14:03» in the clinic's time zone. */
export const clockOf = clockIn(setup.zone);

export const minutesUntil = (at: number): number => Math.max(0, Math.ceil((at - serverNow()) / 60_000));
