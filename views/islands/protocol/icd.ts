// Turns the diagnosis field into a combobox over the clinic's МКБ-10: typing searches, arrows move, Enter selects, Escape closes. Without
// it the field is plain and the server checks its code. Called by main.ts.
import type { Diagnosis } from '../../../workflows/rules/protocol.ts';
import { diagnosisText } from '../../../workflows/rules/protocol-draft.ts';
import type { ProtocolSetup } from '../../protocol/setup.ts';
import { say } from '../say.ts';
import { fill } from '../text.ts';

const QUIET_MS = 200;

/** Called at the start and after a swap, because the field is added and removed together with the other guarded fields. */
export function runIcd(setup: ProtocolSetup, changed: () => void): void {
  const input = document.querySelector<HTMLInputElement>('[data-icd]:not([role])');
  if (input) new Combobox(input, setup, changed);
}

class Combobox {
  private readonly input: HTMLInputElement;
  private readonly list = document.createElement('ul');
  private readonly setup: ProtocolSetup;
  private readonly changed: () => void;
  private found: readonly Diagnosis[] = [];
  private active = -1;
  private timer = 0;
  private asked = 0;

  constructor(input: HTMLInputElement, setup: ProtocolSetup, changed: () => void) {
    this.input = input;
    this.setup = setup;
    this.changed = changed;
    this.list.id = 'diagnosis-found';
    this.list.className = 'list options';
    this.list.role = 'listbox';
    this.list.ariaLabel = input.dataset.icd ?? '';
    this.list.hidden = true;
    input.after(this.list);
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': this.list.id,
      'aria-expanded': 'false',
    }))
      input.setAttribute(name, value);
    input.addEventListener('input', () => this.askSoon());
    input.addEventListener('keydown', event => this.key(event));
    input.addEventListener('blur', () => this.close());
    // Pressing an option must not take the focus from the field before the click.
    this.list.addEventListener('mousedown', event => event.preventDefault());
    this.list.addEventListener('click', event => {
      const option = event.target instanceof Element ? event.target.closest('li') : null;
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  private askSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), QUIET_MS);
  }

  private async ask(): Promise<void> {
    const query = this.input.value.trim();
    const asked = ++this.asked;
    if (query.length < 2) return this.close();
    const found = await codesOf(query);
    if (asked !== this.asked || found === null || document.activeElement !== this.input) return;
    this.found = found;
    this.active = -1;
    this.draw();
    const { words } = this.setup;
    say(found.length === 0 ? words.noCodes : fill(words.codes, { count: found.length }));
  }

  private draw(): void {
    const options = this.found.map((code, i) => {
      const option = document.createElement('li');
      option.id = `diagnosis-${i}`;
      option.role = 'option';
      option.ariaSelected = String(i === this.active);
      option.textContent = diagnosisText(code);
      return option;
    });
    this.list.replaceChildren(...options);
    this.list.hidden = options.length === 0;
    this.input.setAttribute('aria-expanded', String(options.length > 0));
    if (this.active < 0) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', `diagnosis-${this.active}`);
    options[this.active]?.scrollIntoView({ block: 'nearest' });
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden || event.ctrlKey || event.altKey) return;
    const count = this.found.length;
    if (event.key === 'ArrowDown') this.active = (this.active + 1) % count;
    else if (event.key === 'ArrowUp') this.active = (Math.max(this.active, 0) + count - 1) % count;
    else if (event.key === 'Escape') return this.close();
    else if (event.key === 'Enter' && this.active >= 0) {
      event.preventDefault();
      return this.take(this.active);
    } else return;
    event.preventDefault();
    this.draw();
  }

  private take(i: number): void {
    const code = this.found[i];
    if (!code) return;
    this.input.value = diagnosisText(code);
    this.close();
    this.changed();
  }

  private close(): void {
    this.asked++;
    this.found = [];
    this.active = -1;
    this.draw();
  }
}

/** Returns null when the request failed; the field can then be used as a plain one. */
async function codesOf(query: string): Promise<readonly Diagnosis[] | null> {
  try {
    const response = await fetch('/desk/icd', {
      method: 'POST',
      body: new URLSearchParams({ q: query }),
      headers: { accept: 'application/json' },
    });
    return response.ok ? ((await response.json()) as { found: Diagnosis[] }).found : null;
  } catch {
    return null;
  }
}
