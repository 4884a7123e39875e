// What the page told the island, the server's clock as far as it is known here, and a clock in words.
import type { RoomSetup } from '../../room/setup.ts';
import { clockIn } from '../text.ts';

export const setup: RoomSetup = JSON.parse(document.getElementById('setup')?.textContent ?? '');
export const { words } = setup;

let ahead = setup.now - Date.now();

/** The server's now, ms: a device whose clock is wrong still opens the door in time. */
export const serverNow = (): number => Date.now() + ahead;

export function setServerNow(now: number): void {
  ahead = now - Date.now();
}

/** «14:03» on the clinic's clock. */
export const clockOf = clockIn(setup.zone);

export const minutesUntil = (at: number): number => Math.max(0, Math.ceil((at - serverNow()) / 60_000));
