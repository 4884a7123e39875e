// «Приёмы», tab «История записи»: every card ends with what became of the money.
import { Layout } from '../layout.tsx';
import type { ConsultationCard } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';
import { AppointmentCard } from './appointment-talon.tsx';
import { Tabs } from './tabs.tsx';

export interface HistoryPageProps {
  readonly frame: Frame;
  readonly cards: readonly ConsultationCard[];
  /** How many of history were shown up to the end of this page, and how many there are. */
  readonly shown: number;
  readonly total: number;
  /** Value of `?before=` for the next page; null on the last. */
  readonly before: string | null;
}

export function HistoryPage({ frame, cards, shown, total, before }: HistoryPageProps) {
  const w = wordsOf(frame.lang).appointments;
  return (
    <Layout frame={frame} title={w.history} current="appointments">
      <h1>{w.title}</h1>
      <Tabs frame={frame} current="history" count={frame.viewer?.upcoming ?? 0} />
      {cards.length === 0 ? (
        <Empty heading={w.historyEmptyHeading}>
          <p>{w.historyEmptyText}</p>
          <a class="button" href="/online">
            {w.book}
          </a>
        </Empty>
      ) : (
        <ul class="talons" role="list">
          {cards.map(card => (
            <li>
              <AppointmentCard frame={frame} card={card} />
            </li>
          ))}
        </ul>
      )}
      {cards.length > 0 && (
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
