// Measures the printing of a protocol of three pages: processor time in Node with the edge's own modules (workerd takes as long), and the
// size of the file.
import { openPress } from '../documents/print-shop.ts';
import { LONG } from '../documents/protocols.ts';
import { type Line, quantile } from './table.ts';

const ROUNDS = 40;
const WARM = 5;
const TARGET_MS = 150;
const TARGET_BYTES = 100_000;

export async function measurePdf(): Promise<Line[]> {
  const press = await openPress();
  const ms: number[] = [];
  let bytes = 0;
  for (let round = 0; round < WARM + ROUNDS; round++) {
    const before = process.cpuUsage();
    bytes = (await press.printProtocol(LONG)).length;
    const { user, system } = process.cpuUsage(before);
    ms.push((user + system) / 1_000);
  }
  const warm = ms.slice(WARM);
  return [
    line(
      'protocol of three pages as PDF, CPU p50',
      `${quantile(warm, 0.5).toFixed(0)} ms`,
      `< ${TARGET_MS} ms`,
      quantile(warm, 0.5) < TARGET_MS,
    ),
    { what: '  the first one in an isolate', figure: `${(ms[0] ?? 0).toFixed(0)} ms`, target: '', met: null },
    line('  its bytes', String(bytes), `≤ ${TARGET_BYTES}`, bytes <= TARGET_BYTES),
  ];
}

const line = (what: string, figure: string, target: string, met: boolean): Line => ({ what, figure, target, met });
