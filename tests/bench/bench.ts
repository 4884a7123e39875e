// `npm run bench`: prints one table of what the product costs, as ratios within one run, because machines differ and are noisy. It measures
// the pages of the built bundle in Miniflare against a Hono hello in the same runtime, then the printing of a protocol, then the whole
// stand: how soon a notice is shown and a workflow starts.
import { measurePages } from './pages.ts';
import { measurePdf } from './pdf.ts';
import { measureStand } from './stand.ts';
import { type Line, table } from './table.ts';

const lines: Line[] = [...(await measurePages()), ...(await measurePdf()), ...(await measureStand())];
console.log(table(lines));
process.exit(0);
