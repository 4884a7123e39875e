// Browser code of every page. Each part looks for its own attributes in the markup and does nothing without them; all pages also work
// without this script.
import { runUploads } from './card-upload.ts';
import { pauseOnPress, runCountdowns } from './countdown.ts';
import { compareFiles } from './compare-file.ts';
import { focusErrors, keepFocus } from './focus.ts';
import { postFragment } from './fragment.ts';
import { liveReload } from './live-reload.ts';
import { printOnPress } from './print.ts';
import { walkRows } from './rows.ts';
import { sayChanges } from './say.ts';
import { forgetTypedText } from './typed-text.ts';
import { holdOff, runWaits } from './wait.ts';
import { tellZone } from './zone.ts';

function enliven(): void {
  runCountdowns();
  runWaits();
  runUploads();
  focusErrors(document);
  sayChanges();
  compareFiles();
}

tellZone();
holdOff();
forgetTypedText();
printOnPress();
pauseOnPress();
walkRows();
keepFocus();
postFragment();
enliven();
document.addEventListener('htmx:after:swap', enliven);
if ('liveReload' in document.documentElement.dataset) liveReload();
