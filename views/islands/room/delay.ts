// Keeps the offer to the patient of a late doctor up to date while the page is open. The server draws the fragment (views/delay); this file
// only triggers its reload when a message from the room reports a change, and moves it into the call, where the waiting room is hidden.
// visit.ts passes the messages.
import type { FromRoom } from '../../../workflows/rules/room-messages.ts';
import { find } from '../dom.ts';

const fragment = () => find('[data-delay]');

/** True while the patient of a late doctor has a choice on the screen. */
export const isDelayOffered = (): boolean => fragment()?.hidden === false;

let hasWelcomed = false;

/**
 * Reloads the offer when the room reports a change, when the doctor has announced a delay or has come, and after a reconnection, because
 * messages may have been missed.
 */
export function hearDelay(message: FromRoom): void {
  const isOffered = isDelayOffered();
  const isDoctorHere = message.type === 'roster' && message.roster.some(seat => seat.role === 'doctor' && seat.lostAt === null);
  const isBack = message.type === 'welcome' && hasWelcomed;
  if (message.type === 'welcome') hasWelcomed = true;
  // The `hx-*` attributes of the fragment react to this event: they name the address and the element to replace.
  if (message.type === 'delay' || message.type === 'late' || isBack || (isOffered && isDoctorHere))
    fragment()?.dispatchEvent(new CustomEvent('delay'));
}

/** Moves the fragment into the stage of the call. Later swaps find it there by its id. */
export function bringDelay(): void {
  const offer = fragment();
  if (offer) find('[data-stage]')?.append(offer);
}
