// What leaves R2: files removed from a card when their term has passed, and files without a row. Nothing else.
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../worker/data/ids.ts';
import { sweepFiles } from '../../worker/files/sweep.ts';
import { REMOVED_KEPT_MS } from '../../workflows/rules/card-files.ts';
import { type CastPerson, DAY, MAKETOVA, NOON, sessionFor } from '../cast.ts';
import { gave, signs, visited } from '../routes/cards.ts';
import { demanded } from '../routes/claim-rows.ts';
import type { Meeting } from '../routes/meeting.ts';
import { bindings, d1, db, freshClinic, patients, run } from './d1.ts';

let anna: CastPerson;

beforeEach(async () => {
  await freshClinic();
  const [a] = await patients(1);
  if (!a) throw new Error('no cast');
  anna = a;
});

async function cardFile(removedAt: number | null): Promise<string> {
  const id = newId();
  const key = `cards/${anna.id}/${id}`;
  await bindings.FILES.put(key, 'a file');
  await d1
    .prepare(
      "INSERT INTO card_file (id, patient_id, person_id, kind, name, type, bytes, at, key, removed_at) VALUES (?1, ?2, ?2, 'photo', 'a.jpg', 'image/jpeg', 6, ?3, ?4, ?5)",
    )
    .bind(id, anna.id, NOON - DAY, key, removedAt)
    .run();
  return key;
}

const keys = async () => (await bindings.FILES.list()).objects.map(({ key }) => key);

test('a removed file leaves when thirty days have passed and not a moment before; one that stays, stays', async () => {
  const [gone, waiting, there] = [await cardFile(NOON - REMOVED_KEPT_MS), await cardFile(NOON - REMOVED_KEPT_MS + 1), await cardFile(null)];

  await sweepFiles(db, bindings.FILES, NOON);

  expect(await keys()).toEqual([waiting, there].toSorted((a, b) => (a < b ? -1 : 1)));
  const { results } = await d1.prepare('SELECT key FROM card_file WHERE purged_at = ?1').bind(NOON).all();
  expect(results).toEqual([{ key: gone }]);
});

test('a file that left cannot return to the card', async () => {
  const key = await cardFile(NOON - REMOVED_KEPT_MS);
  await sweepFiles(db, bindings.FILES, NOON);

  await expect(d1.prepare('UPDATE card_file SET removed_at = NULL WHERE key = ?1').bind(key).run()).rejects.toThrow('immutable');
});

test('files without a row leave after a day, those of rooms, cards and protocols stay', async () => {
  const kept = await cardFile(null);
  const doctor = await sessionFor(MAKETOVA.id, 60, NOON);
  await run([...doctor.statements]);
  const consultationId = await visited(anna.id, NOON - 2 * DAY);
  const sent = `rooms/${consultationId}/${await gave(consultationId, anna.id, 'ekg.jpg', NOON)}`;
  const printed = `protocols/hash-of-${await signs(consultationId, anna.id, doctor, NOON)}.pdf`;
  for (const key of ['cards/nobody/interrupted', 'rooms/nowhere/interrupted', 'protocols/no-row.pdf'])
    await bindings.FILES.put(key, 'lost');

  await sweepFiles(db, bindings.FILES, Date.now());
  expect(await keys()).toHaveLength(6);

  await sweepFiles(db, bindings.FILES, Date.now() + 2 * DAY);
  expect(new Set(await keys())).toEqual(new Set([kept, sent, printed]));
});

test('files of a claim and its printed application stay, and what is under no claim leaves', async () => {
  const consultationId = await visited(anna.id, NOON - 2 * DAY);
  const claimId = newId();
  await demanded(claimId, { id: consultationId, anna } as Meeting, NOON - DAY);
  const [photo, paper] = [`claims/${claimId}/photo`, `claims/${claimId}/hash.pdf`];
  for (const key of [photo, paper, `claims/${claimId}/interrupted`, 'claims/nowhere/a.pdf']) await bindings.FILES.put(key, 'a file');
  await d1
    .prepare(
      "INSERT INTO claim_file (id, claim_id, at, source, person_id, name, type, bytes, sha256, key) VALUES ('f', ?1, 1, 'upload', ?2, 'a', 'image/png', 6, 'h', ?3)",
    )
    .bind(claimId, anna.id, photo)
    .run();
  await d1.prepare("UPDATE claim_form SET sha256 = 'hash', key = ?2 WHERE claim_id = ?1").bind(claimId, paper).run();

  await sweepFiles(db, bindings.FILES, Date.now() + 2 * DAY);

  expect((await keys()).filter(key => key.startsWith('claims/'))).toEqual([paper, photo].toSorted((a, b) => (a < b ? -1 : 1)));
});
