// Deletes from R2 what nobody may read any more: files that were removed from a card or put away from a claim and whose term has passed, and files without a row, which an
// interrupted upload leaves behind. Called by the cron in worker/index.ts.
import type { Database } from '../data/db.ts';
import { keepSweepCursor, keysWithoutRow, purgesPutAway, purgesRemoved, sweepCursor } from '../data/file-sweeps.ts';

/** A file is stored before its row, so a young one without a row may still get it. */
const YOUNG_MS = 24 * 3_600_000;
/** Files of one run, a minute: R2 deletes at most 1000 keys in one call (developers.cloudflare.com/r2/api/workers). */
const PURGED = 100;
const LISTED = 200;

export async function sweepFiles(db: Database, files: R2Bucket, now: number): Promise<void> {
  // Marked first: if the deletion fails, the file has no live row and is found below.
  const removed = [...(await purgesRemoved(db, PURGED, now)), ...(await purgesPutAway(db, PURGED, now))];
  if (removed.length > 0) await files.delete(removed);

  const cursor = await sweepCursor(db);
  const page = await files.list({ limit: LISTED, ...(cursor === null ? {} : { cursor }) });
  const old = page.objects.filter(({ uploaded }) => uploaded.getTime() < now - YOUNG_MS).map(({ key }) => key);
  const lost = old.length === 0 ? [] : await keysWithoutRow(db, old);
  if (lost.length > 0) await files.delete(lost);
  await keepSweepCursor(db, page.truncated ? page.cursor : null, now);
}
