// Writes the bundle of the workflows into a file, for WORKFLOW_BUNDLE: `node temporal/bundle.ts FILE`. A host that is given one starts sooner and
// keeps no bundler in its memory. stand/preparation.ts makes it for the stand.
import { writeFileSync } from 'node:fs';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { BUNDLE } from './bundling.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file: node temporal/bundle.ts FILE');
  process.exit(1);
}
const { code } = await bundleWorkflowCode({ ...BUNDLE, logger: new DefaultLogger('WARN') });
writeFileSync(file, code);
