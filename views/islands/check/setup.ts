// What the page told the check. A room's page tells it more (room/setup.ts), in the same place.
import type { CheckSetup } from '../../check/setup.ts';

export const setup: CheckSetup = JSON.parse(document.getElementById('setup')?.textContent ?? '');
export const { words } = setup;
