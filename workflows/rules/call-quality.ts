// What a call's line was like, from a row a minute: the usual and the worst of each figure, and what went through. The passport's page shows it.

export type Carried = 'video' | 'audio' | 'none';

/** A minute as one side's browser told of it; several reports of a minute leave the worst of each figure. */
export interface LineMinute {
  /** The beginning of the minute, ms. */
  readonly minuteAt: number;
  /** Lost packets, 0 to 1. */
  readonly loss: number;
  /** Zero when the browser did not know it. */
  readonly rttMs: number;
  readonly kbpsIn: number;
  readonly kbpsOut: number;
  readonly kind: Carried;
}

export interface LineSummary {
  readonly minutes: number;
  readonly loss: Spread;
  /** Null when no minute knew it. */
  readonly rttMs: Spread | null;
  readonly kbpsIn: Spread;
  /** How many minutes carried what. */
  readonly carried: Readonly<Record<Carried, number>>;
}

/** `usual` is the median; `worst` the least good, in the minute `at`. */
interface Spread {
  readonly usual: number;
  readonly worst: number;
  readonly at: number;
}

/** Null when there are no figures. */
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
  // Sorting is stable: of several equally bad minutes the first one is named.
  const worstFirst = line.toSorted((a, b) => (worst === 'most' ? figure(b) - figure(a) : figure(a) - figure(b)));
  const [edge] = worstFirst;
  const middle = worstFirst[Math.floor(worstFirst.length / 2)];
  return edge && middle ? { usual: figure(middle), worst: figure(edge), at: edge.minuteAt } : null;
}
