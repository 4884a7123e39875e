// The doctor's desk, «Сегодня»: the doctor's own consultations of the day with time, patient and state, and protocols of any day that wait
// for a signature.
import { dayOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { DeskRow } from './desk-view.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Today } from './today.tsx';
import { Troubles } from './troubles.tsx';
import { UnendedList, UnsignedList } from './unsigned.tsx';
import type { Unended, Unsigned } from '../../workflows/rules/unsigned.ts';
import type { Trouble } from '../../workflows/rules/trouble.ts';

export interface DeskPageProps {
  readonly frame: Frame;
  /** The doctor's consultations of the clinic's current day, by start. */
  readonly rows: readonly DeskRow[];
  /** The `seen` key of the fragment `#today`. */
  readonly seen: string;
  /** Visits of any day without an outcome, the oldest first. */
  readonly unended: readonly Unended[];
  /** Protocols of any day, the longest waiting first. */
  readonly unsigned: readonly Unsigned[];
  /** What could not be done about the doctor's consultations, the latest first. */
  readonly troubles: readonly Trouble[];
}

export function DeskPage({ frame, rows, seen, unended, unsigned, troubles }: DeskPageProps) {
  const w = wordsOf(frame.lang).staff;
  return (
    <Layout frame={frame} title={w.deskTitle} current="desk" staff>
      <h1>{w.deskHeading(dayOf(frame.now, frame))}</h1>
      <div class="split">
        <Today frame={frame} rows={rows} seen={seen} />
        <aside class="stack">
          <Troubles frame={frame} troubles={troubles} />
          {unended.length > 0 && <UnendedList frame={frame} unended={unended} />}
          {unsigned.length > 0 && <UnsignedList frame={frame} unsigned={unsigned} />}
          <Notice tone="info" icon="info" text={w.deskNote}>
            <p>
              <a href="/check">{wordsOf(frame.lang).check.link}</a>
            </p>
          </Notice>
        </aside>
      </div>
    </Layout>
  );
}
