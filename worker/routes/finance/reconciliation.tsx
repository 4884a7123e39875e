// «Сверка» for finance and the owner: what differs, settling one with a note, a run on demand that survives a reload and can be stopped, and the list
// as a file.
import { type Context, Hono } from 'hono';
import { ReconciliationPage, RunPart, runSeen } from '../../../views/index.ts';
import { wordsOf } from '../../../views/words.ts';
import type { ReconciliationPageProps } from '../../../views/finance/reconciliation-page.tsx';
import { closesByPerson, DIFFERENCES_SHOWN, differencesRead, openCountsRead } from '../../data/differences.ts';
import { ask, write } from '../../data/db.ts';
import { isId } from '../../data/ids.ts';
import { beginReconciliation, reconciliationsRead, stopsRun, tellsRun } from '../../data/reconciliations.ts';
import { attachment } from '../../http/attachment.ts';
import { csvOf } from '../../http/csv.ts';
import { countIn, formOf, parameterOf } from '../../http/form.ts';
import { drawn, goTo, langOf, nothing, polled, seeViewer, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { deliverSoon } from '../../outbox.ts';
import type { HonoEnv } from '../../world.ts';

type C = Context<HonoEnv>;

const PATH = '/finance/reconciliation';
const DAY_MS = 86_400_000;
const MOST_DAYS = 1100;
const CSV_ROWS = 5_000;

export const reconciliation = new Hono<HonoEnv>()
  .get(PATH, requires('refunds'), c => page(c, { said: parameterOf(c, 'said') === 'closed' ? 'closed' : null, typed: null }, 200))

  .get(`${PATH}/run`, requires('refunds'), async c => {
    const seen = await seeViewer(c, () => ({ runs: reconciliationsRead() }));
    const { runs } = seen.data;
    return polled(c, runSeen(runs), () => <RunPart frame={seen.frame} runs={runs} />);
  })

  .get(`${PATH}.csv`, requires('refunds'), async c => {
    await seeViewer(c, nothing);
    const isOpen = parameterOf(c, 'tab') !== 'closed';
    const w = wordsOf(langOf(c)).reconciliation;
    const { rows } = await ask(c.get('db'), { rows: differencesRead(isOpen, 0, CSV_ROWS) });
    const lines = rows.map(d => [
      d.kind,
      w.kinds[d.kind][0],
      d.object,
      d.consultationId,
      d.ours,
      d.theirs,
      iso(d.firstSeen),
      iso(d.lastSeen),
    ]);
    return c.body(csvOf([[...w.columns], ...lines]), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachment('reconciliation.csv', `${w.title}.csv`),
    });
  })

  .post(PATH, requires('refunds'), async c => {
    const form = await formOf(c);
    const days = countIn(form, 'days');
    if (days === null || days < 1 || days > MOST_DAYS)
      return await page(c, { said: null, typed: { days: (form.get('days') ?? '').slice(0, 20) } }, 422);
    const { viewer } = await seeViewer(c, nothing);
    const now = c.get('now');
    const by = { personId: viewer.id, sessionId: viewer.sessionId };
    const runId = await beginReconciliation(c.get('db'), { since: now - days * DAY_MS, until: now, by }, now);
    await write(c.get('db'), [tellsRun(runId, now)]);
    deliverSoon(c, 'reconciliation');
    return goTo(c, PATH);
  })

  .post(`${PATH}/:id/stop`, requires('refunds'), async c => {
    const seen = await seeViewer(c, nothing);
    const id = c.req.param('id');
    if (!isId(id)) return stranger(c, seen);
    await write(c.get('db'), stopsRun(id, seen.viewer.id, seen.viewer.sessionId, c.get('now')));
    return goTo(c, PATH);
  })

  .post('/finance/differences/:id', requires('refunds'), async c => {
    const form = await formOf(c);
    const id = c.req.param('id');
    const note = (form.get('note') ?? '').trim();
    if (note.length < 5 || note.length > 1000) return await page(c, { said: null, typed: { id, note: note.slice(0, 2000) } }, 422);
    const { viewer } = await seeViewer(c, nothing);
    const closing = { id, personId: viewer.id, sessionId: viewer.sessionId, note, lastFigures: form.get('figures') ?? '' };
    const [changed] = await write(c.get('db'), closesByPerson(closing, c.get('now')));
    return changed === 1 ? goTo(c, `${PATH}?said=closed`) : await page(c, { said: 'stale', typed: { id, note } }, 409);
  });

async function page(c: C, told: Pick<ReconciliationPageProps, 'said' | 'typed'>, status: 200 | 409 | 422): Promise<Response> {
  const tab = parameterOf(c, 'tab') === 'closed' ? 'closed' : 'open';
  const offset = offsetOf(parameterOf(c, 'after'));
  const seen = await seeViewer(c, () => ({
    differences: differencesRead(tab === 'open', offset, DIFFERENCES_SHOWN + 1),
    counts: openCountsRead(),
    runs: reconciliationsRead(),
  }));
  const { differences, counts, runs } = seen.data;
  const next = differences.length > DIFFERENCES_SHOWN ? offset + DIFFERENCES_SHOWN : null;
  const shown = differences.slice(0, DIFFERENCES_SHOWN);
  return drawn(c, <ReconciliationPage frame={seen.frame} {...{ tab, counts, differences: shown, next, runs, ...told }} />, status);
}

const offsetOf = (after: string | undefined): number => (after !== undefined && /^\d{1,6}$/.test(after) ? Number(after) : 0);
const iso = (at: number): string => new Date(at).toISOString();
