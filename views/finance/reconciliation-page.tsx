// «Сверка»: the run that goes on, the differences that wait or were closed, and a new run. Without a script the page is reloaded by hand.
import { DIFFERENCES, type DifferenceKind, type Phase } from '../../workflows/rules/difference.ts';
import { momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { polls, seenOf } from '../parts/polling.ts';
import { wordsOf } from '../words.ts';
import { TextArea } from './parts.tsx';

export interface DifferenceView {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly object: string;
  readonly consultationId: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly firstSeen: number;
  readonly resolvedAt: number | null;
  readonly how: 'gone' | 'person' | null;
  readonly note: string | null;
  readonly by: string | null;
}

export interface RunView {
  readonly id: string;
  readonly day: string | null;
  readonly startedAt: number;
  readonly phase: Phase;
  readonly compared: number;
  readonly repaired: number;
  readonly endedAt: number | null;
  readonly isStopped: boolean;
}

export interface ReconciliationPageProps {
  readonly frame: Frame;
  readonly tab: 'open' | 'closed';
  readonly counts: { readonly queue: number; readonly alarms: number };
  readonly differences: readonly DifferenceView[];
  /** The offset of the next ones; null at the end. */
  readonly next: number | null;
  readonly runs: readonly RunView[];
  readonly said: 'closed' | 'stale' | null;
  /** A note or a number of days that was refused, as typed. */
  readonly typed: { readonly id: string; readonly note: string } | { readonly days: string } | null;
}

const PATH = '/finance/reconciliation';

export function ReconciliationPage(props: ReconciliationPageProps) {
  const { frame, tab, counts, differences, next, runs, said, typed } = props;
  const w = wordsOf(frame.lang).reconciliation;
  const open = counts.queue + counts.alarms;
  return (
    <Layout frame={frame} title={w.title} current="reconciliation" staff>
      <div>
        <h1>{w.title}</h1>
        <p class="muted">{w.lead}</p>
      </div>
      {said === 'closed' && <Notice tone="ok" icon="check" role="status" text={w.closed} />}
      {said === 'stale' && <Notice tone="warn" icon="alert" role="alert" text={w.stale} />}
      <RunPart frame={frame} runs={runs} />
      <nav aria-label={w.title}>
        <ul class="tabs">
          <li>
            <a href={PATH} aria-current={tab === 'open' ? 'page' : undefined}>
              {w.tabs.open} {open > 0 && <span class="count">{open}</span>}
            </a>
          </li>
          <li>
            <a href={`${PATH}?tab=closed`} aria-current={tab === 'closed' ? 'page' : undefined}>
              {w.tabs.closed}
            </a>
          </li>
        </ul>
      </nav>
      {differences.length === 0 ? (
        <Empty heading={tab === 'open' ? w.none : w.noneClosed}>
          <p>{tab === 'open' ? w.noneText : w.noneClosedText}</p>
        </Empty>
      ) : (
        <>
          <ul class="stack bare" role="list" aria-label={w.tabs[tab]}>
            {differences.map(difference => (
              <Row frame={frame} difference={difference} typed={typed} />
            ))}
          </ul>
          <p>
            <a href={`${PATH}.csv${tab === 'closed' ? '?tab=closed' : ''}`}>{w.csv}</a>
          </p>
        </>
      )}
      {next !== null && (
        <a class="button quiet" href={`${PATH}?${tab === 'closed' ? 'tab=closed&' : ''}after=${next}`}>
          {w.more}
        </a>
      )}
      {runs.every(run => run.endedAt !== null) && <Begin frame={frame} typed={typed} />}
      <Earlier frame={frame} runs={runs} />
    </Layout>
  );
}

/** The fragment `#run`: how far the comparison is. */
export function RunPart({ frame, runs }: { readonly frame: Frame; readonly runs: readonly RunView[] }) {
  const w = wordsOf(frame.lang).reconciliation;
  const run = runs.find(one => one.endedAt === null);
  if (run === undefined) return <div id="run" />;
  return (
    <section id="run" class="card" role="status" {...polls({ path: `${PATH}/run`, on: 'every 2s', seen: runSeen(runs) })}>
      <h2>{w.running}</h2>
      <p>{w.progress(w.phases[run.phase], run.compared, run.repaired)}</p>
      <p class="small muted">{w.leave}</p>
      <form method="post" action={`${PATH}/${run.id}/stop`}>
        <button class="button plain">{w.stop}</button>
      </form>
    </section>
  );
}

export const runSeen = (runs: readonly RunView[]): string => {
  const run = runs.find(one => one.endedAt === null);
  return run === undefined ? 'none' : seenOf(run.id, run.phase, run.compared, run.repaired);
};

interface RowProps extends Pick<ReconciliationPageProps, 'frame' | 'typed'> {
  readonly difference: DifferenceView;
}

function Row({ frame, difference, typed }: RowProps) {
  const w = wordsOf(frame.lang).reconciliation;
  const { id, kind, ours, theirs, firstSeen, resolvedAt } = difference;
  const [what, next] = w.kinds[kind];
  const refused = typed !== null && 'id' in typed && typed.id === id ? typed : null;
  const href = hrefOf(difference);
  return (
    <li class="card" id={`d-${id}`}>
      <h2>
        {what}
        {DIFFERENCES[kind].waits === 'alarm' && <span class="tag" data-tone="bad">{` ${w.alarm}`}</span>}
      </h2>
      {resolvedAt === null && <p>{next}</p>}
      <p class="small muted">
        {w.since(momentOf(firstSeen, frame))}
        {ours !== null && ` · ${w.ours(ours)}`}
        {theirs !== null && ` · ${w.theirs(theirs)}`}
        {` · ${difference.object}`}
      </p>
      {resolvedAt !== null && <p class="small">{endOf(frame, difference, resolvedAt)}</p>}
      {href !== null && (
        <p>
          <a href={href}>
            {w.open}
            <span class="away">: {what}</span>
          </a>
        </p>
      )}
      {resolvedAt === null && (
        <details open={refused !== null}>
          <summary>{w.close}</summary>
          <form class="stack" method="post" action={`/finance/differences/${id}`}>
            <input type="hidden" name="figures" value={`${ours ?? ''} ${theirs ?? ''}`} />
            <TextArea
              frame={frame}
              id={`note-${id}`}
              name="note"
              label={w.note}
              hint={w.noteHint}
              value={refused?.note ?? ''}
              mistake={refused ? w.noteMistake : null}
            />
            <button class="button quiet">{w.close}</button>
          </form>
        </details>
      )}
    </li>
  );
}

function endOf(frame: Frame, { how, by, note }: DifferenceView, at: number): string {
  const w = wordsOf(frame.lang).reconciliation;
  return how === 'person' ? w.byPerson(by ?? '', momentOf(at, frame), note ?? '') : w.gone(momentOf(at, frame));
}

/** Where a person can act on it; null when that is not a page of the cabinet. */
function hrefOf({ kind, object }: DifferenceView): string | null {
  switch (kind) {
    case 'refusedRefund':
    case 'lateRefund':
    case 'externalRefund':
    case 'vanishedRefund':
    case 'otherRefundSum':
      return `/finance/refunds/${object}`;
    case 'claimLate':
    case 'claimOverdue':
      return `/finance/claims/${object}`;
    default:
      return null;
  }
}

function Begin({ frame, typed }: Pick<ReconciliationPageProps, 'frame' | 'typed'>) {
  const w = wordsOf(frame.lang).reconciliation;
  const refused = typed !== null && 'days' in typed ? typed : null;
  return (
    <form class="card" method="post" action={PATH}>
      <h2>{w.run}</h2>
      <Field
        frame={frame}
        name="days"
        label={w.days}
        hint={w.daysHint}
        error={refused ? w.daysMistake : null}
        input={{ inputMode: 'numeric', autoComplete: 'off', maxLength: 4, value: refused?.days ?? '7', required: true }}
      />
      <div class="acts">
        <button class="button">{w.begin}</button>
      </div>
    </form>
  );
}

function Earlier({ frame, runs }: Pick<ReconciliationPageProps, 'frame' | 'runs'>) {
  const w = wordsOf(frame.lang).reconciliation;
  const ended = runs.filter(run => run.endedAt !== null);
  if (ended.length === 0) return null;
  return (
    <section class="stack">
      <h2>{w.last}</h2>
      <ul class="list" role="list">
        {ended.map(run => (
          <li>
            <span>
              {momentOf(run.startedAt, frame)}, {run.day === null ? w.byHand : w.byNight}:{' '}
              {run.isStopped ? w.lastStopped : w.lastEnded(run.compared, run.repaired)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
