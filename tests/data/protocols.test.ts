// Races and guards of a protocol in real D1: saves, signatures, amendments, templates, the clinic's МКБ-10.
import { beforeEach, describe, expect, test } from 'vitest';
import { ask, write } from '../../worker/data/db.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { icdRead } from '../../worker/data/icd.ts';
import { enterVisit, inPersonVisitsRead } from '../../worker/data/in-person-visits.ts';
import { draftRead, pastSavesRead, saveDraft } from '../../worker/data/protocol-drafts.ts';
import { canonical, signedRead, type Signing, signProtocol } from '../../worker/data/protocols.ts';
import { keepAnswers } from '../../worker/data/questionnaires.ts';
import { keepTemplate, templatesRead } from '../../worker/data/templates.ts';
import { overdueRead, unsignedRead } from '../../worker/data/unsigned.ts';
import { sha256 } from '../../worker/auth/seal.ts';
import type { Draft } from '../../workflows/rules/protocol-draft.ts';
import { EMPTY_PROTOCOL } from '../../workflows/rules/protocol.ts';
import { STAFF } from '../../stand/clinic/people.ts';
import { type CastPerson, MAKETOVA, MINUTE, PRIMEROV, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting, metInCall } from '../routes/meeting.ts';
import { count, d1, db, freshClinic, run } from './d1.ts';

let visit: Meeting;
let sessionId: string;
let at: number;

const asker = (as: CastPerson = visit.doctor) => ({ tokenHash: as.tokenHash, now: at });
const draftWith = (complaints: string, reason = ''): Draft => ({
  content: { ...EMPTY_PROTOCOL, complaints, conclusion: 'Нужен осмотр', recommendations: 'Очный приём' },
  reason,
});
const save = (complaints: string, base: number, round = 1, personId = MAKETOVA.id) =>
  saveDraft(db, { consultationId: visit.id, personId, round, base, draft: draftWith(complaints) }, at);
const ends = async () => {
  await run(metInCall(visit.id, visit.anna.id, MAKETOVA.id, at - MINUTE));
  return await conclude(db, { consultationId: visit.id, personId: MAKETOVA.id, sessionId, outcome: 'tookPlace', version: 1 }, at);
};
const sign = (given: Partial<Signing> = {}) =>
  signProtocol(
    db,
    {
      consultationId: visit.id,
      doctorId: MAKETOVA.doctorId,
      patientId: visit.anna.id,
      personId: MAKETOVA.id,
      sessionId,
      round: 1,
      base: 0,
      draft: draftWith('Кашель'),
      questionnaire: [],
      amendsId: null,
      ...given,
    },
    at,
  );
const sessionOf = async (person: CastPerson): Promise<string> =>
  (await d1.prepare('SELECT id FROM session WHERE token_hash = ?1').bind(person.tokenHash).first<{ id: string }>())?.id ?? '';

beforeEach(async () => {
  await freshClinic();
  visit = await meeting(TOMORROW_14_30);
  at = visit.startsAt + 10 * MINUTE;
  sessionId = await sessionOf(visit.doctor);
});

describe('saving', () => {
  test('twenty tabs that save the same version: one is kept, the others are told what stands', async () => {
    await save('Кашель', 0);

    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => save(`Вкладка ${i}`, 1)));

    const kept = results.filter(({ kind }) => kind === 'saved');
    const stale = results.filter(result => result.kind === 'stale');
    expect([kept.length, stale.length]).toEqual([1, 19]);
    const { saved } = await ask(db, { saved: draftRead(asker(), visit.id) });
    expect(saved?.version).toBe(2);
    expect(stale.every(({ standing }) => standing.draft.content.complaints === saved?.draft.content.complaints)).toBe(true);
  });

  test('a text upon an older save is refused with what stands, and nothing is overwritten', async () => {
    await save('Первый', 0);
    await save('Второй', 1);

    const late = await save('Со старой вкладки', 0);

    expect(late).toMatchObject({ kind: 'stale', standing: { version: 2, draft: { content: { complaints: 'Второй' } } } });
    const { past } = await ask(db, { past: pastSavesRead(asker(), visit.id) });
    expect(past).toEqual([{ version: 1, at }]);
  });

  test('another doctor writes nothing into it and reads nothing of it', async () => {
    await save('Кашель', 0);
    const primerov = await sessionFor(PRIMEROV.id, 70, at);
    await run(primerov.statements);

    expect(await save('Чужой', 1, 1, PRIMEROV.id)).toEqual({ kind: 'notTheDoctor' });
    for (const other of [primerov, visit.anna, visit.stranger]) {
      const read = await ask(db, { saved: draftRead(asker(other), visit.id), signed: signedRead(asker(other), visit.id) });
      expect(read).toEqual({ saved: null, signed: [] });
    }
  });
});

describe('signing', () => {
  beforeEach(ends);

  test('keeps the content, its hash, who signed in which session, and tells Temporal, all at once', async () => {
    const signed = await sign({ questionnaire: [{ question: 'Что беспокоит?', answer: 'Кашель' }] });

    const row = await d1
      .prepare(
        'SELECT p.*, s.person_id, s.session_id, s.content_hash AS signed_hash FROM protocol p JOIN signature s ON s.protocol_id = p.id',
      )
      .first();
    expect(row).toMatchObject({ version: 1, amends_id: null, person_id: MAKETOVA.id, session_id: sessionId });
    expect(await sha256(String(row?.['content']))).toBe(row?.['signed_hash']);
    expect(signed).toMatchObject({ kind: 'signed', contentHash: row?.['content_hash'] });
    expect(JSON.parse(String(row?.['content']))).toMatchObject({ complaints: 'Кашель', questionnaire: [{ answer: 'Кашель' }] });
    expect(row?.['verify_code']).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    const { results } = await d1.prepare("SELECT message_id FROM outbox WHERE message_id LIKE '%rotocol%' ORDER BY id").all();
    expect(results.map(one => one['message_id'])).toEqual([`startProtocol:${visit.id}:1`, `protocolSigned:${visit.id}:1`]);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'protocol.sign'")).toBe(1);
  });

  test('the same content has the same bytes, in whatever order it was made', () => {
    const draft = draftWith('Кашель');
    const reversed = Object.fromEntries(Object.entries(draft.content).toReversed()) as unknown as Draft['content'];

    expect(canonical({ draft: { ...draft, content: reversed }, questionnaire: [] })).toBe(canonical({ draft, questionnaire: [] }));
  });

  test('two tabs that sign at once make one protocol, in twenty rounds', async () => {
    for (let round = 1; round <= 20; round++) {
      const { signed } = await ask(db, { signed: signedRead(asker(), visit.id) });
      const amendsId = signed.at(-1)?.id ?? null;
      const results = await Promise.all(
        ['Одна', 'Другая'].map(text => sign({ round, amendsId, draft: draftWith(text, 'уточнение сроков') })),
      );

      expect(results.map(({ kind }) => kind).sort()).toEqual(['alreadySigned', 'signed']);
      expect(results.find(result => result.kind === 'alreadySigned')).toMatchObject({ isSame: false });
      expect(await count('SELECT count(*) AS n FROM protocol')).toBe(round);
      expect(await count('SELECT count(*) AS n FROM signature')).toBe(round);
      expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'protocolSigned:%'")).toBe(round);
    }
  });

  test('the same text twice is one protocol', async () => {
    await sign();

    expect(await sign()).toEqual({ kind: 'alreadySigned', isSame: true });
    expect(await count('SELECT count(*) AS n FROM protocol')).toBe(1);
  });

  test('a text that another tab has saved over is not signed', async () => {
    await save('Первый', 0);
    await save('Второй', 1);

    expect(await sign({ base: 1 })).toMatchObject({ kind: 'stale', standing: { version: 2 } });
    expect(await count('SELECT count(*) AS n FROM protocol')).toBe(0);
    expect((await sign({ base: 2 })).kind).toBe('signed');
  });

  test('after it nothing of the text can be saved, changed or taken away', async () => {
    await sign();

    expect(await save('Позже', 1)).toEqual({ kind: 'alreadySigned' });
    for (const sql of [
      "UPDATE protocol SET content = '{}'",
      'DELETE FROM protocol',
      "UPDATE signature SET content_hash = ''",
      'DELETE FROM signature',
    ])
      await expect(write(db, [{ sql, args: [] }])).rejects.toThrow('immutable');
  });

  test('another doctor cannot sign it', async () => {
    const primerov = await sessionFor(PRIMEROV.id, 70, at);
    await run(primerov.statements);

    const result = await sign({ personId: PRIMEROV.id, sessionId: await sessionOf(primerov) });

    expect(result).toEqual({ kind: 'notTheDoctor' });
    expect(await count('SELECT count(*) AS n FROM protocol')).toBe(0);
  });

  test('an amendment is another version with its reason; the first stays as it was', async () => {
    await sign();
    const { signed } = await ask(db, { signed: signedRead(asker(), visit.id) });

    const amended = await sign({ round: 2, amendsId: signed[0]?.id ?? null, draft: draftWith('Кашель и насморк', 'уточнены жалобы') });

    expect(amended.kind).toBe('signed');
    const { signed: versions } = await ask(db, { signed: signedRead(asker(), visit.id) });
    expect(versions.map(({ version, reason, content }) => [version, reason, content.complaints])).toEqual([
      [1, null, 'Кашель'],
      [2, 'уточнены жалобы', 'Кашель и насморк'],
    ]);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'protocol.amend'")).toBe(1);
  });
});

test('nothing is signed before the visit is ended', async () => {
  expect(await sign()).toEqual({ kind: 'notConcluded' });
  expect(await count('SELECT count(*) AS n FROM protocol_draft')).toBe(0);
});

test('a visit in person is entered once, with who and when, and cannot be changed', async () => {
  const entry = { patientId: visit.anna.id, doctorId: MAKETOVA.doctorId, visitedOn: '2026-01-10', personId: MAKETOVA.id, sessionId };

  expect([await enterVisit(db, entry, at), await enterVisit(db, entry, at + 1)]).toEqual(['entered', 'already']);

  const { records } = await ask(db, { records: inPersonVisitsRead(asker(), visit.id) });
  expect(records).toMatchObject([{ visitedOn: '2026-01-10', enteredAt: at, enteredBy: `${MAKETOVA.givenName} ${MAKETOVA.familyName}` }]);
  expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'inPersonVisit.enter'")).toBe(1);
  await expect(write(db, [{ sql: 'DELETE FROM in_person_visit', args: [] }])).rejects.toThrow('immutable');
});

describe('the clinic’s МКБ-10', () => {
  const found = async (query: string, as = visit.doctor) =>
    (await ask(db, { found: icdRead(asker(as), query) })).found.map(({ code }) => code);

  test.each([
    ['i1', ['I10', 'I11.9']],
    ['J06.9', ['J06.9']],
    ['головная боль', ['G44.2', 'R51']],
    ['боль головная', ['G44.2', 'R51']],
    ['неуточненный гипотиреоз', ['E03.9']],
    ['%', []],
    ['', []],
    ["'; DROP TABLE icd_code", []],
  ])('«%s» finds %j', async (query, codes) => {
    expect(await found(query)).toEqual(codes);
  });

  test('finds nothing for a patient, and never more than ten', async () => {
    expect(await found('i1', visit.anna)).toEqual([]);
    expect((await found('а')).length).toBeLessThanOrEqual(10);
  });
});

test('a doctor’s own template stands beside the specialty’s, for that doctor alone, and its name is its key', async () => {
  const keep = (complaints: string) =>
    keepTemplate(db, { doctorId: MAKETOVA.doctorId, personId: MAKETOVA.id, sessionId, name: 'Мой', body: { complaints } }, at);
  await keep('Первый');
  await keep('Второй');
  const primerov = await sessionFor(PRIMEROV.id, 70, at);
  await run(primerov.statements);

  const { own } = await ask(db, { own: templatesRead(asker()) });
  const { others } = await ask(db, { others: templatesRead(asker(primerov)) });

  expect(own.filter(({ isOwn }) => isOwn).map(({ name, body }) => [name, body.complaints])).toEqual([['Мой', 'Второй']]);
  expect(own.some(({ name }) => name === 'Первая консультация педиатра')).toBe(true);
  expect(others.some(({ name }) => name === 'Мой')).toBe(false);
});

test('answers before the visit are versions, and two devices do not overwrite one another', async () => {
  const answer = (base: number) =>
    keepAnswers(
      db,
      {
        consultationId: visit.id,
        personId: visit.anna.id,
        sessionId: 's',
        base,
        answers: [{ id: 'why', ru: 'Что?', en: 'What?', answer: 'Кашель' }],
      },
      at,
    );

  expect([await answer(0), await answer(0), await answer(1)]).toEqual(['kept', 'stale', 'kept']);
  await ends();
  expect(await answer(2)).toBe('closed');
});

test('an unsigned protocol waits on its doctor’s desk, and after 72 hours on the front desk’s, until it is signed', async () => {
  await ends();
  const front = STAFF.find(({ role }) => role === 'frontDesk');
  const finance = STAFF.find(({ role }) => role === 'finance');
  const [desk, money] = await Promise.all([sessionFor(front?.id ?? '', 80, at), sessionFor(finance?.id ?? '', 81, at)]);
  await run([...desk.statements, ...money.statements]);
  const overdue = async (as: CastPerson, before: number) =>
    (await ask(db, { list: overdueRead(asker(as), ['frontDesk'], before) })).list.length;
  const unsigned = async (as: CastPerson) => (await ask(db, { list: unsignedRead(asker(as)) })).list.length;

  expect([await unsigned(visit.doctor), await unsigned(visit.anna), await unsigned(desk)]).toEqual([1, 0, 0]);
  expect([await overdue(desk, at - 1), await overdue(desk, at), await overdue(money, at), await overdue(visit.doctor, at)]).toEqual([
    0, 1, 0, 0,
  ]);

  await sign();

  expect([await unsigned(visit.doctor), await overdue(desk, at)]).toEqual([0, 0]);
});
