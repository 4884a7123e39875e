// Which of the two scenes the page shows: the waiting room or the call. One document holds both, so that what the camera gives goes on.
import { bringDelay } from './delay.ts';
import { find } from '../dom.ts';

const call = find('#call');
const isDoctor = call?.tagName === 'SECTION';
const others = ['.rail', '#main', 'body > footer', '.skip'];

/** The doctor's page has both sides by side and only loses its cover. */
export function showCall(): void {
  if (isDoctor || !call) return;
  for (const mark of others) for (const part of document.querySelectorAll<HTMLElement>(mark)) part.hidden = true;
  document.body.classList.remove('app');
  bringDelay();
  call.hidden = false;
  document.title = call.dataset.title ?? document.title;
  call.focus({ preventScroll: true });
  scrollTo(0, 0);
}
