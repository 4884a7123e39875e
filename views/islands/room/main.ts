// Script of the room's page: passes the events of the page, of the tab and of the network to the visit.
import { runCheck } from '../check/check.ts';
import { all, find } from '../dom.ts';
import { drawQuality } from './bar.ts';
import { runChoices } from './choices.ts';
import { runControls } from './controls.ts';
import { runForms } from './forms.ts';
import { runJumps } from './jumps.ts';
import { runPanels } from './panels.ts';
import { openOwnHelp } from './permission-help.ts';
import { Visit } from './visit.ts';

const visit = new Visit();

runPanels();
runChoices(visit.devices);
runControls(toggle => visit.press(toggle));
runCheck(visit.devices);
runForms(() => visit.finish());
runJumps();
openOwnHelp();
drawQuality('checking');
for (const button of all('[data-join]')) button.addEventListener('click', () => void visit.join());
find('[data-leave]')?.addEventListener('click', () => visit.leave());
addEventListener('click', () => visit.clicked());
addEventListener('online', () => visit.networkIs(true));
addEventListener('offline', () => visit.networkIs(false));
// A change from Wi-Fi to the mobile network: Chromium reports it here, and «online» does not fire.
(navigator as { connection?: EventTarget }).connection?.addEventListener('change', () => visit.networkChanged());
document.addEventListener('visibilitychange', () => document.hidden || visit.returns());
addEventListener('pagehide', () => visit.pageHides());
// A page restored from the back/forward cache has lost its socket and its media.
addEventListener('pageshow', event => event.persisted && location.reload());
setInterval(() => visit.tick(), 500);
visit.arrive();
