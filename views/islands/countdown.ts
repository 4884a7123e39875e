// Counts down to the end of a hold; called by main.ts. The server sends the time left (`data-left`, ms) and the device counts from there,
// so a device with a wrong clock shows the right time (a monotonic clock would also work, but it stops while a phone sleeps). The numbers
// can be paused; the deadline itself is also written in words and is never paused.
import { say } from './say.ts';

interface Running {
  readonly box: HTMLElement;
  /** `data-left` as the server sent it. A reload may bring another one into the same element. */
  readonly left: string | undefined;
  readonly endsAt: number;
  said: number;
}

let running: Running[] = [];
let timer: ReturnType<typeof setInterval> | undefined;

/** Finds the countdowns of the page again. Called at the start and after each swap. */
export function runCountdowns(): void {
  const before = running;
  running = [...document.querySelectorAll<HTMLElement>('[data-countdown]')].map(box => {
    const known = before.find(r => r.box === box);
    const twin = before.find(r => r.box.dataset.id === box.dataset.id);
    drawButton(box);
    const { left } = box.dataset;
    if (known !== undefined && known.left === left) return known;
    return { box, left, endsAt: Date.now() + Number(left), said: twin?.said ?? Number.POSITIVE_INFINITY };
  });
  clearInterval(timer);
  if (running.length > 0) timer = setInterval(tick, 1000);
}

/** Called once. A reload may replace the button, so the document listens. */
export function pauseOnPress(): void {
  document.addEventListener('click', ({ target }) => {
    const box = target instanceof Element && target.closest('[data-pauses]')?.closest<HTMLElement>('[data-countdown]');
    if (box) toggle(box);
  });
}

function tick(): void {
  for (const run of running) {
    const left = Math.max(0, Math.ceil((run.endsAt - Date.now()) / 1000));
    if (!isPaused(run.box)) draw(run.box, left);
    announce(run, left);
  }
}

function draw(box: HTMLElement, left: number): void {
  const numbers = box.querySelector('[role=timer]');
  if (numbers) numbers.textContent = `${two(Math.floor(left / 60))}:${two(left % 60)}`;
  const bar = box.querySelector('progress');
  if (bar) bar.value = left;
}

/** Announces only five minutes, one minute and the end to screen readers, each once, also when a swap replaced the element. */
function announce(run: Running, left: number): void {
  const { box } = run;
  const steps: readonly (readonly [number, string | undefined])[] = [
    [0, box.dataset.over],
    [60, box.dataset.one],
    [300, box.dataset.five],
  ];
  const step = steps.find(([limit]) => left <= limit);
  if (!step || step[0] >= run.said) return;
  const first = run.said === Number.POSITIVE_INFINITY && left < step[0] - 2;
  run.said = step[0];
  // A page that was opened between two steps already shows the time, so only steps that pass while it is open are announced.
  if (!first || step[0] === 0) say(step[1]);
  if (step[0] === 0) box.closest('[hx-get]')?.dispatchEvent(new CustomEvent('expired'));
}

const keyOf = (box: HTMLElement): string => `countdown-${box.dataset.id}`;
const isPaused = (box: HTMLElement): boolean => sessionStorage.getItem(keyOf(box)) === 'paused';

function toggle(box: HTMLElement): void {
  if (isPaused(box)) sessionStorage.removeItem(keyOf(box));
  else sessionStorage.setItem(keyOf(box), 'paused');
  drawButton(box);
  tick();
}

function drawButton(box: HTMLElement): void {
  const label = box.querySelector('[data-pauses] span');
  const paused = isPaused(box);
  if (label) label.textContent = (paused ? box.dataset.resume : box.dataset.pause) ?? '';
  // Stopped numbers would be wrong, so a dash replaces them; the deadline beside them stays.
  const numbers = box.querySelector('[role=timer]');
  if (paused && numbers) numbers.textContent = '—';
}

const two = (n: number): string => String(n).padStart(2, '0');
