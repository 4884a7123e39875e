// DOOR: `npm run restore -- FOLDER` puts a backup into the stand, which must not run. Everything is checked before anything is touched.
// With `--replace` what the stand holds now is put aside, not deleted.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Restored, restoreBackup } from './put-back.ts';
import { inWords } from './words.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const given = process.argv.slice(2);
const [folder, ...others] = given.filter(word => word !== '--replace');

try {
  if (folder === undefined || others.length > 0) throw new Error('Name the backup: npm run restore -- FOLDER [--replace]');
  const dir = resolve(ROOT, process.env['STAND_DIR'] || join(ROOT, '.stand'));
  const order = { root: ROOT, dir, folder: resolve(process.env['INIT_CWD'] ?? '.', folder), mayReplace: given.includes('--replace') };
  tell(await restoreBackup(order, line => console.log(line)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('Nothing was changed.');
  process.exit(1);
}

function tell({ manifest, migrated, resumed, aside, missingKeys }: Restored): void {
  console.log(`Restored from ${folder}: ${inWords(manifest)}`);
  if (migrated.length > 0) console.log(`The database was older; these migrations were applied: ${migrated.join(', ')}.`);
  console.log(`Temporal begins empty: ${resumed} workflows are started again within minutes after the next start.`);
  if (aside !== null) console.log(`What was here before is in ${aside}. Delete it when you do not need it any more.`);
  if (missingKeys.length > 0)
    console.log(
      `The keys ${missingKeys.join(', ')} are missing: СНИЛС in this backup is sealed with them. Put secrets.json of the old stand beside the data before the next start.`,
    );
}
