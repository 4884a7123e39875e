// The fault switches of the stand: which faults an emulator has, at which point, and how many times. Each emulator mounts `faultRoutes` at
// /__stand and calls `take` wherever the real system could fail.
import { Hono } from 'hono';
import { html } from 'hono/html';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Html, type Page, page, policy } from './page.ts';

const kinds = ['delay', 'error', 'duplicate', 'drop', 'reorder', 'refund-pending'] as const;
type FaultKind = (typeof kinds)[number];

/** The points at which each kind can occur. A point that ends in `-after` is used only when it is named. */
export type FaultPoints = Partial<Record<FaultKind, readonly string[]>>;

interface Fault {
  readonly kind: FaultKind;
  /** The only point of this fault; every point of the kind when absent. */
  readonly on?: string;
  /** How many more times it occurs; until it is reset when absent. */
  readonly count?: number;
  /** Milliseconds, for `delay`. */
  readonly ms: number;
  /** HTTP status, for `error`. */
  readonly status: number;
}

export interface Faults {
  readonly points: FaultPoints;
  current(): readonly Fault[];
  /** Switches the fault of an unparsed request. Returns a sentence when the request is invalid. */
  put(request: unknown): string | undefined;
  /** Takes one occurrence of a fault at this point, which may have a general and a specific name; undefined when there is none. */
  take(kind: FaultKind, ...names: readonly string[]): Fault | undefined;
  /** Waits out a `delay` at this point, if there is one. */
  pause(...names: readonly string[]): Promise<void>;
}

const blank = (value: unknown) => (value === '' ? undefined : value);
const whole = (min: number, max: number) => z.preprocess(blank, z.coerce.number().int().min(min).max(max).optional());
const request = z.strictObject({
  kind: z.enum([...kinds, 'none']),
  on: z.preprocess(blank, z.string().optional()),
  count: whole(1, 100_000),
  ms: whole(0, 600_000),
  status: whole(400, 599),
});

/** A `pause` is cut short when `ending` aborts. */
export function createFaults(points: FaultPoints, ending: AbortSignal): Faults {
  let current: Fault[] = [];
  const take: Faults['take'] = (kind, ...names) => {
    const found = current.find(fault => fault.kind === kind && strikes(fault, names));
    if (found?.count === undefined) return found;
    const left = found.count - 1;
    current = current.flatMap(fault => (fault !== found ? [fault] : left > 0 ? [{ ...fault, count: left }] : []));
    return found;
  };
  return {
    points,
    current: () => current,
    put(body) {
      const asked = request.safeParse(body);
      if (!asked.success) return `Не понимаю, какой сбой включить: ${z.prettifyError(asked.error)}`;
      const { kind, on, count, ms = 1000, status = 500 } = asked.data;
      if (kind === 'none') current = [];
      else {
        const known = points[kind];
        if (known === undefined) return `Сбоя «${kind}» у этого эмулятора нет. Есть: ${Object.keys(points).join(', ')}, none.`;
        if (on !== undefined && !known.includes(on)) return `Сбой «${kind}» не бывает в «${on}». Бывает в: ${known.join(', ')}.`;
        current = [...current.filter(fault => fault.kind !== kind || fault.on !== on), { kind, on, count, ms, status }];
      }
    },
    take,
    async pause(...names) {
      const fault = take('delay', ...names);
      if (fault !== undefined) await sleep(fault.ms, undefined, { signal: ending }).catch(() => undefined);
    },
  };
}

function strikes(fault: Fault, names: readonly string[]): boolean {
  return fault.on === undefined ? !names.some(name => name.endsWith('-after')) : names.includes(fault.on);
}

/** GET / is the page, POST /faults switches a fault, GET /state returns the emulator's state as JSON. */
export function faultRoutes(faults: Faults, shell: Omit<Page, 'body' | 'title'>, knows: () => Html, state: () => object): Hono {
  const app = new Hono();
  app.get('/', c => {
    c.header('Content-Security-Policy', policy());
    const body = html`<h1>Что знает эмулятор</h1>${knows()}${switches(faults)}`;
    return c.html(page({ ...shell, title: 'Сбои и состояние', body, wide: true }));
  });
  app.post('/faults', async c => {
    const asForm = c.req.header('content-type')?.includes('form') ?? false;
    const why = faults.put(asForm ? await c.req.parseBody() : await c.req.json().catch(() => undefined));
    if (why !== undefined) return c.json({ message: why }, 400);
    if (asForm && c.req.header('accept')?.includes('text/html')) return c.redirect('/__stand', 303);
    return c.json({ faults: faults.current() });
  });
  app.get('/state', c => c.json({ ...state(), faults: faults.current() }));
  return app;
}

const meanings: Record<FaultKind, string> = {
  delay: 'Медленно',
  error: 'Ошибка',
  duplicate: 'Дважды',
  drop: 'Потерять',
  reorder: 'Переставить',
  'refund-pending': 'Возврат остаётся в обработке',
};

function switches(faults: Faults): Html {
  const rows = kinds.filter(kind => faults.points[kind] !== undefined);
  return html`<section class="card" aria-labelledby="faults"><h2 id="faults">Сбои</h2>
<div class="on" role="status">${faults.current().length === 0 ? 'Всё исправно.' : html`<p><b>Включено:</b></p><ul>${faults.current().map(fault => html`<li>${said(fault)}</li>`)}</ul>`}
${faults.current().length === 0 ? '' : html`<form method="post" action="/__stand/faults"><button name="kind" value="none">Выключить все</button></form>`}</div>
<p class="hint" id="count-hint">Без числа сбой повторяется, пока его не выключат.</p>
${rows.map(kind => oneSwitch(kind, faults.points[kind] ?? []))}</section>`;
}

function oneSwitch(kind: FaultKind, points: readonly string[]): Html {
  return html`<form method="post" action="/__stand/faults" aria-label="${meanings[kind]}"><input type="hidden" name="kind" value="${kind}">
<h3>${meanings[kind]} <small class="muted">${kind}</small></h3>
<div class="row"><label class="grow">Где<select name="on"><option value="">везде</option>${points.map(point => html`<option>${point}</option>`)}</select></label>
<label class="grow">Сколько раз<input name="count" inputmode="numeric" autocomplete="off" aria-describedby="count-hint"></label>
${kind === 'delay' ? html`<label class="grow">На сколько, мс<input name="ms" inputmode="numeric" autocomplete="off" value="3000"></label>` : ''}
${kind === 'error' ? html`<label class="grow">Код ответа<input name="status" inputmode="numeric" autocomplete="off" value="500"></label>` : ''}
<button>Включить</button></div></form>`;
}

function said({ kind, on, count, ms, status }: Fault): string {
  const detail = kind === 'delay' ? `, ${ms} мс` : kind === 'error' ? `, ${status}` : '';
  return `${meanings[kind]}${detail}: ${on ?? 'везде'}, ${count === undefined ? 'до выключения' : `ещё раз: ${count}`}`;
}
