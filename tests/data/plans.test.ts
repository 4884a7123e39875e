/// <reference types="vite/types/importMeta.d.ts" />
// History must not slow today: the plan of every statement of worker/data and of every trigger, as the database itself makes it.
import { beforeAll, expect, test } from 'vitest';
import { d1, freshClinic } from './d1.ts';
import { type Growing, growingIn, LIVE, triggerStatements } from './plans.ts';
import { allStatements } from './statements.ts';

interface Allowance {
  readonly because: string;
  readonly from: RegExp;
  readonly by: readonly string[] | 'anything';
  /** Only statements with this text. */
  readonly where?: string;
}

const ALLOWED: readonly Allowance[] = [
  {
    because: 'a card is one person’s whole past and is shown as such',
    from: /^(card-\w+|from-card|in-person-visits|renditions)\.ts$/,
    by: [
      'consultation_patient (patient_id=?)',
      'consultation_patient_created (patient_id=?)',
      'card_file_patient (patient_id=?)',
      'card_reason_patient (patient_id=? AND person_id=?)',
      'sqlite_autoindex_in_person_visit_2 (patient_id=?)',
    ],
  },
  {
    because: 'a card holds no more than 200 files',
    from: /^card_file_(returns_)?within_limits$/,
    by: ['card_file_patient (patient_id=?)'],
  },
  {
    because: 'the latest lines, in the order of the index and up to a limit',
    from: /^card-accesses\.ts$/,
    by: ['card_access_patient (patient_id=?)', 'card_access_patient (patient_id=? AND at<?)', 'card_reason_patient (patient_id=?)'],
    where: 'LIMIT',
  },
  {
    because: 'the latest one, in the order of the index',
    from: /^device-checks\.ts$/,
    by: ['device_check_person (person_id=?)'],
    where: 'ORDER BY at DESC, id DESC LIMIT 1',
  },
  {
    because: 'the history says how many visits a patient had; only the twenty of the page are read in full',
    from: /^consultations\.ts$/,
    by: ['consultation_patient (patient_id=?)', 'consultation_patient_created (patient_id=?)'],
    where: 'past AS MATERIALIZED',
  },
  { because: 'a person demands money back a few times in a life', from: /^own-claims\.ts$/, by: ['refund_claim_person (person_id=?)'] },
  {
    because: 'the latest claims of one person, up to a limit',
    from: /^claim-desk\.ts$/,
    by: ['refund_claim_person (person_id=?)'],
    where: 'LIMIT',
  },
  { because: 'a person has one identity for each provider', from: /^(people|viewer)\.ts$/, by: ['identity_person (person_id=?)'] },
  { because: 'a person starts the workflows again after a disaster', from: /^resumptions\.ts$/, by: ['protocol'] },
  {
    because: 'the latest runs, in the order of the index and up to a limit',
    from: /^reconciliations\.ts$/,
    by: ['reconciliation'],
    where: 'ORDER BY started_at DESC LIMIT 5',
  },
  { because: 'a sweep deletes what it reads', from: /^retention\.ts$/, by: 'anything', where: 'LIMIT' },
];

const isAllowed = ({ from, by, sql }: Growing): boolean =>
  ALLOWED.some(
    allowed =>
      allowed.from.test(from) && (allowed.by === 'anything' || allowed.by.includes(by)) && (!allowed.where || sql.includes(allowed.where)),
  );

const refusedOf = (growing: readonly Growing[]): string[] =>
  [...new Set(growing.filter(step => !isAllowed(step)).map(({ from, what, by }) => `${from}: ${what}, ${by}`))].sort();

beforeAll(() => freshClinic());

test('no statement reads more, the longer the past of the clinic is', async () => {
  expect(refusedOf(await growingIn(await allStatements()))).toEqual([]);
});

test('no trigger does', async () => {
  expect(refusedOf(await growingIn(await triggerStatements()))).toEqual([]);
});

test('no text of a statement in worker/data was left out', async () => {
  const seen = (await allStatements()).map(({ sql }) => sql);
  // room-memory.ts speaks to the room's own SQLite, which is forgotten with the room.
  const sources = Object.entries(import.meta.glob<string>('../../worker/data/*.ts', { query: '?raw', import: 'default', eager: true }));
  const texts = sources
    .filter(([path]) => !path.endsWith('/room-memory.ts'))
    .flatMap(([path, source]) => beginningsIn(source).map(text => ({ path, text })));

  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter(({ text }) => !seen.some(sql => sql.includes(text)))).toEqual([]);
});

/** What follows each verb of SQL in a source, up to the end of the line or of the fixed text. */
const beginningsIn = (source: string): string[] =>
  source
    .replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '')
    .match(/\b(SELECT|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM)\b[\w ,.*()?=<>|+-]*/g)
    ?.map(text => text.trim()) ?? [];

test('what the cost of a page grew by is refused: scans, ranges without a beginning, whole pasts of a doctor', async () => {
  const found = async (sql: string, ...args: (string | number)[]) =>
    (await growingIn([{ from: 'made up', sql, args }])).map(({ what, by }) => `${what}, ${by}`);

  expect(await found('SELECT 1 FROM hold WHERE released_at IS NULL AND (?1 IS NULL OR doctor_id = ?1)', 'd')).toEqual(['every row, hold']);
  expect(await found('SELECT 1 FROM outbox o ORDER BY o.id')).toEqual(['every row, outbox']);
  expect(await found('SELECT 1 FROM (SELECT m.at FROM met m) x')).not.toEqual([]);
  expect(
    await found('SELECT 1 FROM hold c WHERE c.doctor_id = ?1 AND c.released_at IS NULL AND c.start_at < ?2 AND c.end_at > ?3', 'd', 2, 1),
  ).toEqual(['from the beginning, hold_doctor (doctor_id=? AND start_at<?)']);
  expect(await found('SELECT 1 FROM consultation c JOIN conclusion n ON n.consultation_id = c.id WHERE c.doctor_id = ?1', 'd')).toEqual([
    'all of one owner, consultation_doctor (doctor_id=?)',
  ]);
  expect(await found('DELETE FROM session WHERE id = ?1', 'i')).toEqual([]);
  expect(await found('SELECT 1 FROM card_words WHERE patient_id = ?1', 'p')).toEqual([
    'cannot be read, SCAN card_words VIRTUAL TABLE INDEX 0:',
  ]);
});

test('what is taken for live is an index of only what is open', async () => {
  const { results } = await d1.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index'").all<{ name: string; sql: string }>();

  for (const name of LIVE)
    expect(results.find(index => index.name === name)?.sql, name).toMatch(/ WHERE .*(IS NULL|state = 'queued'|failed_at IS NOT NULL)/);
});
