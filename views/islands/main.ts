// Browser code of every page. Each part looks for its own marks in the markup and does nothing without them; pages work without all of it.
import { runCountdowns } from './countdown.ts';
import { focusErrors, keepFocus } from './focus.ts';
import { liveReload } from './live-reload.ts';
import { say } from './say.ts';
import { holdOff, runWaits } from './wait.ts';
import { tellZone } from './zone.ts';

function enliven(): void {
  runCountdowns();
  runWaits();
}

tellZone();
holdOff();
keepFocus();
enliven();
focusErrors(document);
if ('liveReload' in document.documentElement.dataset) liveReload();

document.addEventListener('htmx:after:swap', event => {
  enliven();
  focusErrors(document);
  const swapped = event.target instanceof Element ? event.target : document.body;
  say(swapped.closest<HTMLElement>('[data-say]')?.dataset.say ?? swapped.querySelector<HTMLElement>('[data-say]')?.dataset.say);
});
