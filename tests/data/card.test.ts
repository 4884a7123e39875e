// The card as read from D1: the statements apply the same access rule as workflows/rules, a search finds word forms only in the reader's
// own card, a removed file is hidden and can be restored, and limits hold against concurrent requests.
import { beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../worker/data/db.ts';
import { keepsCardFile, removesFile } from '../../worker/data/card-files.ts';
import { cardReaderRead, journalled, relationRead } from '../../worker/data/card-reader.ts';
import { spanRead, type TimelineFilter, timelineRead } from '../../worker/data/card-timeline.ts';
import { searchRead } from '../../worker/data/card-words.ts';
import { newId } from '../../worker/data/ids.ts';
import { queryOf } from '../../worker/card/stems.ts';
import { TREATING_MS } from '../../workflows/rules/card-access.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON, PRIMEROV, sessionFor } from '../cast.ts';
import { actsForChild, CONTENT, gave, JPEG, signs, visited } from '../routes/cards.ts';
import { count, d1, db, freshClinic, patients, run } from './d1.ts';

let anna: CastPerson;
let boris: CastPerson;
let doctor: CastPerson;
let consultationId: string;
let protocolId: string;

const EVERYTHING = { kind: null, doctorId: null, from: 0, to: Number.MAX_SAFE_INTEGER, before: null };
const askerOf = (person: CastPerson, now = NOON) => ({ tokenHash: person.tokenHash, now });
const talonOf = (id: string) => ({ by: 'person', id }) as const;

beforeEach(async () => {
  await freshClinic();
  const cast = await patients(2);
  doctor = await sessionFor(MAKETOVA.id, 60, NOON);
  if (!cast[0] || !cast[1]) throw new Error('no cast');
  [anna, boris] = cast as [CastPerson, CastPerson];
  await run(doctor.statements);
  consultationId = await visited(anna.id, NOON - 2 * DAY);
  protocolId = await signs(consultationId, anna.id, doctor, NOON - 2 * DAY + HOUR);
});

describe('a reader', () => {
  const END = NOON - 2 * DAY + 30 * MINUTE;

  test.each([
    ['the doctor a moment before the thirty days are over', END + TREATING_MS - 1, 'treating'],
    ['the doctor when they are', END + TREATING_MS, null],
    ['the doctor with a reason', END + TREATING_MS + HOUR, 'reason'],
    ['the doctor at the end of the reason', END + TREATING_MS + 2 * HOUR, null],
  ])('is to the statements what the rule says: %s', async (_, now, relation) => {
    await run([
      { sql: 'UPDATE session SET idle_until = ?, expires_at = ?', args: [now + DAY, now + DAY] },
      {
        sql: "INSERT INTO card_reason (id, patient_id, person_id, at, until, reason) VALUES ('r', ?, ?, ?, ?, 'Разбираем жалобу')",
        args: [anna.id, doctor.id, END + TREATING_MS + HOUR, END + TREATING_MS + 2 * HOUR],
      },
    ]);
    const asker = askerOf(doctor, now);
    const seen = await ask(db, { relation: relationRead(asker, talonOf(anna.id)), reader: cardReaderRead(asker, talonOf(anna.id)) });

    expect(seen.relation).toBe(relation);
    expect(seen.reader?.access).toEqual(relation === null ? { kind: 'needsReason' } : { kind: 'open', relation });
  });

  test('is the guardian from the clinic’s word until its end', async () => {
    await actsForChild(anna.id, boris.id, NOON, NOON + HOUR);
    const relationAt = async (now: number) => (await ask(db, { r: relationRead(askerOf(boris, now), talonOf(anna.id)) })).r;

    expect([await relationAt(NOON - 1), await relationAt(NOON), await relationAt(NOON + HOUR - 1), await relationAt(NOON + HOUR)]).toEqual([
      null,
      'guardian',
      'guardian',
      null,
    ]);
  });

  test('is nobody to a card by an unpaid, a cancelled or a foreign visit', async () => {
    const other = await sessionFor(PRIMEROV.id, 61, NOON);
    await run(other.statements);
    await visited(anna.id, NOON + DAY, { doctorId: PRIMEROV.doctorId, firm: false });
    const asker = askerOf(other);
    const seen = () =>
      ask(db, { reader: cardReaderRead(asker, talonOf(anna.id)), timeline: timelineRead(asker, talonOf(anna.id), EVERYTHING) });
    expect(await seen()).toEqual({ reader: null, timeline: [] });

    await run([{ sql: 'UPDATE hold SET firm_at = ? WHERE doctor_id = ?', args: [NOON, PRIMEROV.doctorId] }]);
    expect((await seen()).reader?.access).toEqual({ kind: 'open', relation: 'treating' });

    await run([
      {
        sql: "INSERT INTO cancellation (consultation_id, at, by, return_minor) SELECT consultation_id, ?, 'clinic', 0 FROM hold WHERE doctor_id = ?",
        args: [NOON, PRIMEROV.doctorId],
      },
    ]);
    expect(await seen()).toEqual({ reader: null, timeline: [] });
  });

  test('whose session has ended reads nothing and leaves no line', async () => {
    await d1.prepare('UPDATE session SET ended_at = ?1').bind(NOON).run();
    const asker = askerOf(anna);
    const look = { act: 'card', subjectId: null, folds: true } as const;
    const seen = await ask(db, {
      reader: cardReaderRead(asker, talonOf('')),
      span: spanRead(asker, talonOf('')),
      j: journalled(asker, talonOf(''), look),
    });

    expect(seen.reader).toBeNull();
    expect(seen.span.counts).toEqual({ protocol: 0, file: 0, upload: 0 });
    expect(await count('SELECT count(*) AS n FROM card_access')).toBe(0);
  });
});

describe('the timeline', () => {
  test('holds the version that stands, files of the chat and uploads, the newest first, by kinds, doctors and pages', async () => {
    await gave(consultationId, anna.id, 'ekg.jpg', NOON - 2 * DAY + 5 * MINUTE);
    const amended = await signs(consultationId, anna.id, doctor, NOON - DAY);
    await keepsCardFile(db, upload({ at: NOON - HOUR }), handOf(anna));
    const asker = askerOf(anna);
    const read = async (given: Partial<TimelineFilter>, limit?: number) =>
      (await ask(db, { t: timelineRead(asker, talonOf(''), { ...EVERYTHING, ...given }, limit) })).t;
    const all = await read({});

    expect(all.map(({ kind }) => kind)).toEqual(['upload', 'file', 'protocol']);
    expect(all[2]).toMatchObject({ id: amended, version: 2, publishedAt: NOON - DAY, begins: CONTENT.recommendations });
    expect((await read({ kind: 'protocol' })).map(({ id }) => id)).toEqual([amended]);
    expect((await read({ doctorId: MAKETOVA.doctorId })).map(({ kind }) => kind)).toEqual(['file', 'protocol']);
    expect((await read({ doctorId: PRIMEROV.doctorId })).length).toBe(0);
    expect((await read({ to: NOON - DAY })).map(({ kind }) => kind)).toEqual(['file', 'protocol']);
    const [first] = await read({}, 1);
    expect((await read({ before: first ?? null })).map(({ kind }) => kind)).toEqual(['file', 'protocol']);
  });
});

describe('a search', () => {
  const found = async (as: CastPerson, text: string, card = '') => {
    const query = queryOf(text);
    return query === null ? [] : (await ask(db, { f: searchRead(askerOf(as), talonOf(card), query) })).f.map(({ id }) => id);
  };

  test('finds forms of the words, every one of them, the last by its beginning', async () => {
    expect(await found(anna, 'боли в сердце')).toEqual([protocolId]);
    expect(await found(anna, 'дневники давл')).toEqual([protocolId]);
    expect(await found(anna, 'сердце печень')).toEqual([]);
  });

  test('never finds another’s', async () => {
    expect(await found(boris, 'боли в сердце')).toEqual([]);
    expect(await found(boris, 'боли в сердце', anna.id)).toEqual([]);
    expect(await found(boris, anna.id.replaceAll('-', ''))).toEqual([]);
    expect(await found(doctor, 'боли в сердце', anna.id)).toEqual([protocolId]);
  });

  test('finds the version that stands and not the one before', async () => {
    const amended = await signs(consultationId, anna.id, doctor, NOON, { content: { ...CONTENT, complaints: 'Кашель.' } });

    expect(await found(anna, 'сердце')).toEqual([]);
    expect(await found(anna, 'кашлем')).toEqual([]);
    expect(await found(anna, 'кашель')).toEqual([amended]);
  });

  test.each([
    '"',
    '*',
    'a" OR "b',
    'stems:боль',
    'NEAR(боль сердце)',
    '^боль',
    '-боль',
    'боль AND',
    '{stems}: боль',
    "'; DROP TABLE card_words; --",
    '\0',
    'AND OR NOT',
  ])('takes %j for words', async text => {
    expect(Array.isArray(await found(anna, text))).toBe(true);
    expect(await count('SELECT count(*) AS n FROM card_words')).toBe(1);
  });
});

describe('the journal', () => {
  test('takes the same look once in ten minutes, an opening each time, and a download only of what is there', async () => {
    const looks = (now: number, act: 'card' | 'protocol' | 'download', id = protocolId) =>
      ask(db, {
        j: journalled(askerOf(doctor, now), act === 'card' ? talonOf(anna.id) : { by: 'protocol', id }, {
          act,
          subjectId: act === 'card' ? null : id,
          folds: act === 'card',
        }),
      });
    const lines = (act: string) => count('SELECT count(*) AS n FROM card_access WHERE act = ?1', act);
    const unrendered = await signs(consultationId, anna.id, doctor, NOON, { pdf: false });

    for (const now of [NOON, NOON + 10 * MINUTE - 1, NOON + 10 * MINUTE]) await looks(now, 'card');
    for (const now of [NOON, NOON, NOON + 1]) await looks(now, 'protocol');
    await looks(NOON, 'download');
    await looks(NOON, 'download', unrendered);

    expect([await lines('card'), await lines('protocol'), await lines('download')]).toEqual([2, 3, 1]);
    await expect(d1.prepare('DELETE FROM card_access').run()).rejects.toThrow(/immutable/);
  });
});

describe('an upload', () => {
  test('of twenty at once, into a card that has room for one, one stays', async () => {
    await fill(199, NOON - 3 * DAY);
    const ends = await Promise.all(Array.from({ length: 20 }, () => keepsCardFile(db, upload(), handOf(anna))));

    expect(ends.filter(({ kind }) => kind === 'kept')).toHaveLength(1);
    expect(ends.filter(({ kind }) => kind === 'cardIsFull')).toHaveLength(19);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'card.file'")).toBe(1);
  });

  test('is the last of a day when it is the fiftieth, removed ones included; another day takes more', async () => {
    await fill(49, NOON);
    await run([{ sql: 'UPDATE card_file SET removed_at = ? WHERE id = (SELECT min(id) FROM card_file)', args: [NOON] }]);

    expect(await keepsCardFile(db, upload(), handOf(anna))).toEqual({ kind: 'kept' });
    expect(await keepsCardFile(db, upload(), handOf(anna))).toEqual({ kind: 'enoughToday' });
    expect(await keepsCardFile(db, upload({ at: NOON + DAY }), handOf(anna))).toEqual({ kind: 'kept' });
  });

  test('that was removed is there for nobody, comes back once it is asked for, and never past the limit', async () => {
    const file = upload();
    await keepsCardFile(db, file, handOf(anna));
    const shown = async (as: CastPerson) => (await ask(db, { s: spanRead(askerOf(as), talonOf(anna.id)) })).s.counts.upload;

    await removesFile(db, askerOf(boris), file.id, false, handOf(boris));
    expect(await shown(anna)).toBe(1);
    await removesFile(db, askerOf(anna), file.id, false, handOf(anna));
    expect([await shown(anna), await shown(doctor)]).toEqual([0, 0]);
    await removesFile(db, askerOf(anna), file.id, true, handOf(anna));
    expect([await shown(anna), await shown(doctor)]).toEqual([1, 1]);

    await removesFile(db, askerOf(anna), file.id, false, handOf(anna));
    await fill(200, NOON - 3 * DAY);
    expect(await removesFile(db, askerOf(anna), file.id, true, handOf(anna))).toEqual({ kind: 'cardIsFull' });
  });

  test('never changes what it is', async () => {
    await keepsCardFile(db, upload(), handOf(anna));

    await expect(d1.prepare("UPDATE card_file SET name = 'other.pdf'").run()).rejects.toThrow(/immutable/);
    await expect(d1.prepare('UPDATE card_file SET bytes = 1').run()).rejects.toThrow(/immutable/);
    await expect(d1.prepare('DELETE FROM card_file').run()).rejects.toThrow(/immutable/);
  });
});

const handOf = (person: CastPerson) => ({ personId: person.id, sessionId: 'session' });

function upload(given: { at?: number } = {}) {
  const id = newId();
  return {
    id,
    patientId: anna.id,
    is: 'analysis',
    name: 'krov.jpg',
    type: 'image/jpeg',
    bytes: JPEG.length,
    at: NOON,
    key: id,
    ...given,
  } as const;
}

const fill = (n: number, at: number) =>
  run(
    Array.from({ length: n }, (_, i) => ({
      sql: "INSERT INTO card_file (id, patient_id, person_id, kind, name, type, bytes, at, key) VALUES (?, ?, ?, 'photo', 'a.png', 'image/png', 5, ?, ?)",
      args: [newId(), anna.id, anna.id, at - Math.floor((n - 1 - i) / 49) * DAY * 2, newId()],
    })),
  );
