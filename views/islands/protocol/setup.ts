// The editor's data from the page, its form and a clock formatter.
import type { ProtocolSetup } from '../../protocol/setup.ts';
import { find } from '../dom.ts';
import { clockIn } from '../text.ts';

/** Null on the page of a signed protocol, which has no editor. */
export const told: ProtocolSetup | null = JSON.parse(document.getElementById('protocol-setup')?.textContent ?? 'null');

export const form = find<HTMLFormElement>('[data-editor]');

export const clockOf = clockIn(told?.zone ?? 'UTC');
