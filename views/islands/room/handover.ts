// Removes the codes for another device (views/handover) after the visit has moved to another device: used or not, they are not needed here
// any more. Called by visit.ts.
import { all } from '../dom.ts';

/** The fragment reloads itself on this event (`hx-trigger`) and shows its button again. */
export function forgetCodes(): void {
  for (const code of all('[id^=handover-][hx-get]')) code.dispatchEvent(new CustomEvent('expired'));
}
