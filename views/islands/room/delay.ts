// What is offered to the patient of a late doctor, as it changes while the page is open. The server draws the fragment (views/delay); here it is only
// asked for when the room says that something changed, and brought into the call, where the waiting room is not seen. main.ts hands over what it hears.
import type { FromRoom } from '../../../workflows/rules/room-messages.ts';
import { find } from '../dom.ts';

const fragment = () => find('[data-delay]');

/** The late doctor's patient has a choice before them. */
export const isDelayOffered = (): boolean => fragment()?.hidden === false;

let hasWelcomed = false;

/** The room says so, the doctor has spoken of lateness or has come, or the line was lost and anything may have been missed. */
export function hearDelay(message: FromRoom): void {
  const isOffered = isDelayOffered();
  const isDoctorHere = message.type === 'roster' && message.roster.some(seat => seat.role === 'doctor' && seat.lostAt === null);
  const isBack = message.type === 'welcome' && hasWelcomed;
  if (message.type === 'welcome') hasWelcomed = true;
  // htmx hears it on the fragment, which says where to ask and what to put in its place.
  if (message.type === 'delay' || message.type === 'late' || isBack || (isOffered && isDoctorHere))
    fragment()?.dispatchEvent(new CustomEvent('delay'));
}

/** Into the stage of the call; the swaps that follow find it there by its id. */
export function bringDelay(): void {
  const offer = fragment();
  if (offer) find('[data-stage]')?.append(offer);
}
