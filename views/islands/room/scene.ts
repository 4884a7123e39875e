// Switches the page from the waiting room to the call. One document holds both, so that the camera keeps running. Called by visit.ts.
import { all, find } from '../dom.ts';
import { bringDelay } from './delay.ts';

const call = find('#call');
const isDoctor = call?.tagName === 'SECTION';
const BESIDE = '.rail, #main, body > footer, .skip';

/** The doctor's page shows both at once; there only the cover is removed (stage.ts). */
export function showCall(): void {
  if (isDoctor || !call) return;
  for (const part of all(BESIDE)) part.hidden = true;
  document.body.classList.remove('app');
  bringDelay();
  call.hidden = false;
  document.title = call.dataset.title ?? document.title;
  call.focus({ preventScroll: true });
  scrollTo(0, 0);
}
