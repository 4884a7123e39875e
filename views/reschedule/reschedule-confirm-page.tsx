// The confirmation of a move: the old and the new interval on both clocks, and that the payment stays. Nothing is moved before the button
// is pressed.
import type { ComponentChildren } from 'preact';
import type { Interval } from '../../workflows/rules/interval.ts';
import { bothClocksOf, dayOf, exactMomentOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { wordsOf } from '../words.ts';
import { standsAt } from './reschedule-page.tsx';

export interface RescheduleConfirmPageProps {
  readonly frame: Frame;
  readonly talon: TalonView;
  readonly to: Interval;
  /** The version of the schedule when this page was drawn. */
  readonly version: number;
}

export function RescheduleConfirmPage({ frame, talon, to, version }: RescheduleConfirmPageProps) {
  const w = wordsOf(frame.lang).reschedule;
  const path = `/consultations/${talon.id}/reschedule`;
  return (
    <Layout frame={frame} title={w.confirmTitle} current="appointments">
      <div>
        <Crumb href={path}>{w.otherTime}</Crumb>
        <h1>{w.confirmHeading}</h1>
      </div>
      <div class="talons">
        <Talon frame={frame} at={to.startsAt} state="paid">
          <TalonHead frame={frame} doctor={talon.doctor} slot={to} href={null} until />
        </Talon>
      </div>
      <section class="card">
        <dl class="facts">
          <Fact name={w.was}>{standsAt(frame, talon)}</Fact>
          <Fact name={w.becomes}>
            {dayOf(to.startsAt, frame)}, {bothClocksOf(to.startsAt, frame)}
          </Fact>
          <Fact name={w.payment}>{w.paymentStays(rub(talon.facts.takenMinor - talon.facts.returningMinor, frame.lang))}</Fact>
        </dl>
      </section>
      <form class="acts" method="post" action={path}>
        <input type="hidden" name="to" value={to.startsAt} />
        <input type="hidden" name="version" value={version} />
        <button class="button big">{w.confirm(exactMomentOf(to.startsAt, frame))}</button>
        <a class="button quiet" href={`/consultations/${talon.id}`}>
          {w.keep}
        </a>
        <p class="why">{w.confirmWhy}</p>
      </form>
    </Layout>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
