// Which of the two scenes the page shows: the waiting room or the call. One document holds both, so that what the camera gives goes on.
import { all, find } from '../dom.ts';
import { bringDelay } from './delay.ts';

const call = find('#call');
const isDoctor = call?.tagName === 'SECTION';
const BESIDE = '.rail, #main, body > footer, .skip';

/** The doctor's page has both sides by side and only loses its cover. */
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
