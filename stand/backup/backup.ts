// DOOR: `npm run backup -- FOLDER` copies everything that the clinic has stored on the stand into a new folder. The stand may run meanwhile.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeBackup } from './take.ts';
import { inWords } from './words.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [folder, ...others] = process.argv.slice(2);

try {
  if (folder === undefined || others.length > 0) throw new Error('Name a new folder: npm run backup -- FOLDER');
  const began = performance.now();
  const dir = resolve(ROOT, process.env['STAND_DIR'] || join(ROOT, '.stand'));
  const manifest = await takeBackup({ root: ROOT, dir, folder: resolve(process.env['INIT_CWD'] ?? '.', folder) });
  console.log(`Backed up into ${folder} in ${((performance.now() - began) / 1000).toFixed(1)} s: ${inWords(manifest)}`);
  console.log('It holds personal and medical data: keep it encrypted, and its keys (secrets.json) in another place.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
