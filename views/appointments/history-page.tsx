// «Приёмы», tab «История записи»: the last line of every talon says what happened to the money.
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';
import { AppointmentTalon } from './appointment-talon.tsx';
import { Tabs } from './tabs.tsx';

export interface HistoryPageProps {
  readonly frame: Frame;
  readonly talons: readonly TalonView[];
  /** How many talons of the history were shown up to the end of this page, and how many there are in total. */
  readonly shown: number;
  readonly total: number;
  /** Value of `?before=` for the next page; null on the last. */
  readonly before: string | null;
}

export function HistoryPage({ frame, talons, shown, total, before }: HistoryPageProps) {
  const w = wordsOf(frame.lang).appointments;
  return (
    <Layout frame={frame} title={w.history} current="appointments">
      <h1>{w.title}</h1>
      <Tabs frame={frame} current="history" count={frame.viewer?.upcoming ?? 0} />
      {talons.length === 0 ? (
        <Empty heading={w.historyEmptyHeading}>
          <p>{w.historyEmptyText}</p>
          <a class="button" href="/online">
            {w.book}
          </a>
        </Empty>
      ) : (
        <ul class="talons" role="list">
          {talons.map(talon => (
            <li>
              <AppointmentTalon frame={frame} talon={talon} />
            </li>
          ))}
        </ul>
      )}
      {talons.length > 0 && (
        <nav class="acts" aria-label={w.pages}>
          {before !== null && (
            <a class="button quiet" href={`/appointments/history?before=${encodeURIComponent(before)}`}>
              {w.older}
            </a>
          )}
          <span class="why">{w.shown(shown, total)}</span>
        </nav>
      )}
    </Layout>
  );
}
