// The check's data from the page, read from the element #setup. The room's page puts more data into the same element (room/setup.ts).
import type { CheckSetup } from '../../check/setup.ts';

export const setup: CheckSetup = JSON.parse(document.getElementById('setup')?.textContent ?? '');
export const { words } = setup;
