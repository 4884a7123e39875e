// The quality of each side's connection: a sentence, a chart by minutes, and the same figures in a table.
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- An area that scrolls sideways must be reachable by keyboard (axe, WCAG 2.1.1). */
import { type LineMinute, type LineSummary, summaryOf } from '../../workflows/rules/call-quality.ts';
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import { clockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { percentOf, roundTripOf, speedOf } from './figures.ts';
import type { PassportView } from './passport-view.ts';
import { QualityChart } from './quality-chart.tsx';

interface Props {
  readonly frame: Frame;
  readonly view: PassportView;
}

export function Quality({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  return (
    <section class="stack" aria-labelledby="quality">
      <div>
        <h2 id="quality">{w.quality}</h2>
        <p class="small muted">{w.qualityLead}</p>
      </div>
      <div class="cols wide">
        {SIDES.map(side => (
          <LineOf frame={frame} view={view} side={side} />
        ))}
      </div>
    </section>
  );
}

function LineOf({ frame, view, side }: Props & { readonly side: Side }) {
  const w = wordsOf(frame.lang).passport;
  const line = view.lines[side];
  const summary = summaryOf(line);
  const id = `line-${side}`;
  return (
    <section class="card" aria-labelledby={id}>
      <h3 id={id}>{w.sides[side]}</h3>
      {summary === null ? (
        <p>{w.qualityEmpty}</p>
      ) : (
        <>
          <p class="small" id={`${id}-said`}>
            {summaryText(frame, summary)}
          </p>
          <QualityChart
            frame={frame}
            line={line}
            spans={SIDES.flatMap(one => view.lines[one])}
            labelledBy={id}
            describedBy={`${id}-said`}
          />
          <details>
            <summary>{w.asTable}</summary>
            <Table frame={frame} line={line} side={side} />
          </details>
        </>
      )}
    </section>
  );
}

function summaryText(frame: Frame, { minutes, loss, rttMs, kbpsIn, carried }: LineSummary): string {
  const { lang } = frame;
  const w = wordsOf(lang).passport;
  const clock = (at: number) => clockOf(at, frame.clinic.zone);
  const went = (['video', 'audio', 'none'] as const).filter(kind => carried[kind] > 0).map(kind => w.carriedSaid[kind](carried[kind]));
  return [
    w.measured(minutes),
    loss.worst === 0 ? w.lossNone : w.lossSaid(percentOf(loss.usual, lang), percentOf(loss.worst, lang), clock(loss.at)),
    rttMs === null ? w.delayUnknown : w.delaySaid(roundTripOf(rttMs.usual, lang), roundTripOf(rttMs.worst, lang), clock(rttMs.at)),
    w.speedSaid(speedOf(kbpsIn.usual, lang), speedOf(kbpsIn.worst, lang), clock(kbpsIn.at)),
    `${went.join(', ')}.`,
  ].join(' ');
}

interface TableProps {
  readonly frame: Frame;
  readonly line: readonly LineMinute[];
  readonly side: Side;
}

function Table({ frame, line, side }: TableProps) {
  const { lang } = frame;
  const w = wordsOf(lang).passport;
  return (
    <div class="scroll sum small" role="region" aria-label={w.tableCaption(w.sides[side])} tabIndex={0}>
      <table>
        <caption class="away">{w.tableCaption(w.sides[side])}</caption>
        <thead>
          <tr>
            {[w.minute, w.loss, w.delay, w.speedIn, w.speedOut, w.strips.carried].map(head => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {line.map(minute => (
            <tr>
              <th scope="row">{clockOf(minute.minuteAt, frame.clinic.zone)}</th>
              <td>{percentOf(minute.loss, lang)}</td>
              <td>{roundTripOf(minute.rttMs, lang)}</td>
              <td>{minute.kbpsIn}</td>
              <td>{minute.kbpsOut}</td>
              <td>{w.carried[minute.kind]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
