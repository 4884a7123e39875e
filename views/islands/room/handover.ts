// The code for another device (views/handover), when the visit has gone to one: used or not, it has done its work here.
import { all } from '../dom.ts';

/** htmx hears it on the fragment, which asks for itself and is a button again. */
export function forgetCodes(): void {
  for (const code of all('[id^=handover-][hx-get]')) code.dispatchEvent(new CustomEvent('expired'));
}
