// The quality of a call's connection, computed from one row per minute: the median and the worst of each figure, and what was transmitted.
// The passport page shows it.

export type Carried = 'video' | 'audio' | 'none';

/** One minute as one side's browser reported it. Of several reports in a minute, the worst value of each figure is kept. */
export interface LineMinute {
  /** Start of the minute, ms. */
  readonly minuteAt: number;
  /** Share of lost packets, 0 to 1. */
  readonly loss: number;
  /** Round trip, ms; 0 when the browser did not know it. */
  readonly rttMs: number;
  readonly kbpsIn: number;
  readonly kbpsOut: number;
  readonly kind: Carried;
}

export interface LineSummary {
  readonly minutes: number;
  readonly loss: Spread;
  /** Null when no minute has the figure. */
  readonly rttMs: Spread | null;
  readonly kbpsIn: Spread;
  /** Number of minutes with video, with sound only, with neither. */
  readonly carried: Readonly<Record<Carried, number>>;
}

/** `usual` is the median; `worst` is the worst value, first seen in the minute `at` (ms). */
interface Spread {
  readonly usual: number;
  readonly worst: number;
  readonly at: number;
}

/** Null when there are no rows. */
export function summaryOf(line: readonly LineMinute[]): LineSummary | null {
  const timed = line.filter(minute => minute.rttMs > 0);
  const loss = spreadOf(line, minute => minute.loss, 'most');
  const kbpsIn = spreadOf(line, minute => minute.kbpsIn, 'least');
  if (loss === null || kbpsIn === null) return null;
  const count = (kind: Carried) => line.filter(minute => minute.kind === kind).length;
  return {
    minutes: line.length,
    loss,
    rttMs: spreadOf(timed, minute => minute.rttMs, 'most'),
    kbpsIn,
    carried: { video: count('video'), audio: count('audio'), none: count('none') },
  };
}

function spreadOf(line: readonly LineMinute[], figure: (minute: LineMinute) => number, worst: 'most' | 'least'): Spread | null {
  // Sorting is stable: of several equally bad minutes the first is named.
  const worstFirst = line.toSorted((a, b) => (worst === 'most' ? figure(b) - figure(a) : figure(a) - figure(b)));
  const [edge] = worstFirst;
  const middle = worstFirst[Math.floor(worstFirst.length / 2)];
  return edge && middle ? { usual: figure(middle), worst: figure(edge), at: edge.minuteAt } : null;
}
