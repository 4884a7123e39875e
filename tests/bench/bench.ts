// `npm run bench`: prints one table of what the product costs, as ratios within one run, because machines differ and are noisy. It measures
// the pages of the built bundle in Miniflare against a Hono hello in the same runtime, then the same pages beside a thousand and a million past visits,
// then the printing of a protocol, then the whole stand: how soon a notice is shown and a workflow starts.
import { measureHistory } from './history.ts';
import { measurePages } from './pages.ts';
import { measurePdf } from './pdf.ts';
import { measureStand } from './stand.ts';
import { type Line, table } from './table.ts';

const lines: Line[] = [...(await measurePages()), ...(await measureHistory()), ...(await measurePdf()), ...(await measureStand())];
console.log(table(lines));
process.exit(0);
