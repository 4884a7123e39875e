// The minutes of a connection as bars in four strips: loss, delay, speed, and what was carried. The charts of both sides share one time
// axis, so that they can be compared.
import type { Carried, LineMinute } from '../../workflows/rules/call-quality.ts';
import { clockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { percentOf, roundTripOf, speedOf } from './figures.ts';

const MINUTE = 60_000;
const WIDTH = 480;
const STRIP = 74;
const BAR = 42;
const KINDS = ['video', 'audio', 'none'] as const satisfies readonly Carried[];
const CLASS_OF = { video: 'b', audio: 'c', none: 'd' } as const satisfies Record<Carried, string>;
const TONE_OF = { video: 'ok', audio: 'warn', none: 'bad' } as const satisfies Record<Carried, string>;

export interface QualityChartProps {
  readonly frame: Frame;
  readonly line: readonly LineMinute[];
  /** The minutes that the time axis covers. */
  readonly spans: readonly LineMinute[];
  readonly labelledBy: string;
  readonly describedBy: string;
}

export function QualityChart({ frame, line, spans, labelledBy, describedBy }: QualityChartProps) {
  const { lang } = frame;
  const w = wordsOf(lang).passport;
  const axis = axisOf(spans);
  const most = (figure: (minute: LineMinute) => number) => Math.max(...line.map(figure));
  const [loss, roundTrip, speed] = [most(m => m.loss), most(m => m.rttMs), most(m => m.kbpsIn)];
  return (
    <div class="plot">
      <svg class="chart" viewBox={`0 0 ${WIDTH} 300`} role="img" aria-labelledby={labelledBy} aria-describedby={describedBy}>
        <Strip
          axis={axis}
          line={line}
          row={0}
          title={loss === 0 ? w.lossNone : w.strips.loss(percentOf(loss, lang))}
          height={m => m.loss / loss}
        />
        <Strip
          axis={axis}
          line={line}
          row={1}
          title={roundTrip === 0 ? w.delayUnknown : w.strips.delay(roundTripOf(roundTrip, lang))}
          height={m => m.rttMs / roundTrip}
        />
        <Strip axis={axis} line={line} row={2} title={w.strips.speed(speedOf(speed, lang))} height={m => m.kbpsIn / speed} />
        <text x="0" y={3 * STRIP + 18}>
          {w.strips.carried}
        </text>
        {KINDS.map(kind => (
          <path
            class={CLASS_OF[kind]}
            d={barsOf(
              axis,
              line.filter(m => m.kind === kind),
              3 * STRIP + 44,
              () => 18,
            )}
          />
        ))}
        <text x="0" y="292">
          {clockOf(axis.from, frame.clinic.zone)}
        </text>
        <text x={WIDTH} y="292" text-anchor="end">
          {clockOf(axis.to, frame.clinic.zone)}
        </text>
      </svg>
      <ul class="key">
        {KINDS.filter(kind => line.some(m => m.kind === kind)).map(kind => (
          <li>
            <i class={TONE_OF[kind]} />
            {w.carried[kind]}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Axis {
  readonly from: number;
  readonly to: number;
  /** Width of a minute. */
  readonly step: number;
}

function axisOf(spans: readonly LineMinute[]): Axis {
  const instants = spans.map(minute => minute.minuteAt);
  const [from, to] = [Math.min(...instants), Math.max(...instants) + MINUTE];
  return { from, to, step: (WIDTH * MINUTE) / (to - from) };
}

interface StripProps {
  readonly axis: Axis;
  readonly line: readonly LineMinute[];
  readonly row: number;
  readonly title: string;
  /** 0 to 1 of the strip's height; NaN where all values are zero. */
  readonly height: (minute: LineMinute) => number;
}

function Strip({ axis, line, row, title, height }: StripProps) {
  const floor = row * STRIP + 24 + BAR;
  return (
    <>
      <text x="0" y={row * STRIP + 16}>
        {title}
      </text>
      <g class="grid">
        <path d={`M0 ${floor}h${WIDTH}`} />
      </g>
      <path class="a" d={barsOf(axis, line, floor, minute => (height(minute) || 0) * BAR)} />
    </>
  );
}

/**
 * Draws all bars as one path, which keeps the page small for an hour of them. A bar is at most 24 wide, so that few minutes still look like
 * bars.
 */
function barsOf(axis: Axis, line: readonly LineMinute[], floor: number, height: (minute: LineMinute) => number): string {
  const width = rounded(Math.min(24, axis.step * 0.8));
  return line
    .map(minute => {
      const x = rounded(((minute.minuteAt - axis.from) / MINUTE) * axis.step);
      return `M${x} ${floor}v${rounded(-height(minute))}h${width}V${floor}z`;
    })
    .join('');
}

const rounded = (n: number): number => Math.round(n * 10) / 10;
