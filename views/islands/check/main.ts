// Script of the check page: the same check as in the waiting room, without a call to join.
import { drawChoices, runChoices } from '../room/choices.ts';
import { Devices } from '../room/devices.ts';
import { openOwnHelp } from '../room/permission-help.ts';
import { drawCheck, runCheck } from './check.ts';
import { stopCheck } from './network.ts';

const devices = new Devices(() => {
  drawCheck(devices);
  drawChoices(devices);
});

runChoices(devices);
runCheck(devices);
openOwnHelp();
addEventListener('pagehide', stopCheck);
