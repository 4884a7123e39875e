// The table of the bench: what was measured, the figure, and its target.

export interface Line {
  readonly what: string;
  readonly figure: string;
  readonly target: string;
  readonly met: boolean | null;
}

export function table(lines: readonly Line[]): string {
  const widths = [0, 1, 2].map(i => Math.max(...lines.map(line => cells(line)[i]?.length ?? 0)));
  const drawn = lines.map(line => {
    const row = cells(line).map((cell, i) => cell.padEnd(widths[i] ?? 0));
    return `${line.met === null ? ' ' : line.met ? '✓' : '✗'} ${row.join('  ')}`;
  });
  return `\n${drawn.join('\n')}\n`;
}

const cells = (line: Line): string[] => [line.what, line.figure, line.target];

/** The value below which this share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
