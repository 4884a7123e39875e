// `npm run bench`: one table of what the product costs, as ratios measured in one run, because machines are noisy. First the pages of the
// built bundle in Miniflare beside a Hono hello in the same runtime, then a protocol on paper, then the whole stand: how soon a notice shows and a workflow starts.
import { measurePages } from './pages.ts';
import { measurePdf } from './pdf.ts';
import { measureStand } from './stand.ts';
import { type Line, table } from './table.ts';

const lines: Line[] = [...(await measurePages()), ...(await measurePdf()), ...(await measureStand())];
console.log(table(lines));
process.exit(0);
