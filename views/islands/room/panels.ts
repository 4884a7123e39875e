// The side panels of the call, the chat and the devices. At most one is open. Used by main.ts, chat.ts, drawing.ts and visit.ts.
import { all, find } from '../dom.ts';

export type Panel = 'chat' | 'devices';

const room = find('#call');
let opened: Panel | null = null;
const watchers: (() => void)[] = [];

export const openPanel = (): Panel | null => opened;

export const watchPanels = (changed: () => void): void => void watchers.push(changed);

export function runPanels(): void {
  for (const button of all('[data-opens]'))
    button.addEventListener('click', () => setPanel(opened === button.dataset.opens ? null : (button.dataset.opens as Panel)));
  for (const button of all('[data-close-panel]')) button.addEventListener('click', () => setPanel(null));
  room?.addEventListener('keydown', event => {
    if (event.key === 'Escape' && opened !== null && !document.fullscreenElement) setPanel(null);
  });
}

export function setPanel(panel: Panel | null): void {
  const before = opened;
  const isHere = document.activeElement === document.body || (room?.contains(document.activeElement) ?? false);
  opened = panel;
  room?.classList.toggle('chat-open', panel !== null);
  for (const aside of all('[data-panel]')) aside.hidden = aside.id !== panel;
  for (const button of all('[data-opens]')) button.setAttribute('aria-expanded', String(button.dataset.opens === panel));
  // After closing, the focus returns to the button that opened the panel; after opening the chat it goes to the text field.
  if (panel === null && before !== null && isHere) find(`[data-opens=${before}]`)?.focus();
  else if (panel === 'chat') find('[data-chat-form] [name=text]')?.focus();
  else if (panel === 'devices') find('#devices [data-close-panel]')?.focus();
  for (const changed of watchers) changed();
}
