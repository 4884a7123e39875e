/// <reference types="vite/types/importMeta.d.ts" />
// What is kept and for how long: every table is in the list and in the documents, the sweep takes what is older and nothing else, in small batches.
import { beforeEach, describe, expect, test } from 'vitest';
import { isGrowing, RETENTION, type Retention, sweep, SWEEP_ROWS } from '../../worker/data/retention.ts';
import type { Statement } from '../../stand/clinic/clinic.ts';
import { oldestId } from '../../worker/data/ids.ts';
import { DAY, NOON } from '../cast.ts';
import { type Meeting, meeting, metInCall } from '../routes/meeting.ts';
import { count, d1, db, freshClinic, run } from './d1.ts';

const lists = Object.entries(RETENTION) as [string, Retention][];
const swept = lists.flatMap(([table, retention]) => (retention.kind === 'swept' ? [{ table, ...retention }] : []));
const [operations = ''] = Object.values(
  import.meta.glob<string>('../../docs/operations.md', { query: '?raw', import: 'default', eager: true }),
);

let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  visit = await meeting(NOON + DAY);
});

test('every table of the schema is in the list, and no other', async () => {
  const { results } = await d1.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{ name: string }>();
  // The search index keeps its words in tables of its own; the rest are D1's.
  const own = results.map(({ name }) => name).filter(name => !/^(card_words_|d1_|_cf_|sqlite_)/.test(name));

  expect(own.sort()).toEqual(Object.keys(RETENTION).sort());
});

test('operations.md says of every table that grows how long it is kept', () => {
  const [, section = ''] = /\n## Retention\n([\s\S]*?)\n## /.exec(operations) ?? [];
  const unsaid = lists.filter(([table, retention]) =>
    retention.kind === 'swept'
      ? !section.includes(`| \`${table}\` | ${retention.days} |`)
      : isGrowing(retention) && !section.includes(`\`${table}\``),
  );

  expect(unsaid.map(([table]) => table)).toEqual([]);
});

const insert = (table: string, row: Record<string, string | number | null>) => ({
  sql: `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
    .map(() => '?')
    .join(', ')})`,
  args: Object.values(row),
});

const NAME = { old: 'old', young: 'young' } as const;
type Name = keyof typeof NAME;
const other = { email: 'e', code_hash: 'h', tries_left: 5 };
const session = (id: string, at: number) =>
  insert('session', {
    id,
    token_hash: id,
    person_id: visit.anna.id,
    way: 'code',
    created_at: at - DAY,
    seen_at: at - DAY,
    idle_until: at,
    expires_at: at,
  });
const draft = (version: number, at: number) =>
  insert('protocol_draft', { consultation_id: visit.id, round: 1, version, body: '{}', person_id: visit.doctor.id, at });

/** A row of each swept table with its instant, and how it is found again. */
const ROWS: Readonly<Record<string, { make: (name: Name, at: number) => Statement[]; left: string }>> = {
  applied: { make: (key, at) => [insert('applied', { key, result: '{}', at })], left: 'SELECT key AS name FROM applied' },
  nonce: { make: (value, until) => [insert('nonce', { value, until })], left: 'SELECT value AS name FROM nonce' },
  throttle: {
    make: (key, window_at) => [insert('throttle', { key, window_at, count: 1 })],
    left: 'SELECT key AS name FROM throttle',
  },
  sign_in_code: {
    make: (id, created_at) => [insert('sign_in_code', { id, created_at, expires_at: created_at, ...other })],
    left: 'SELECT id AS name FROM sign_in_code',
  },
  outbox: {
    make: (message_id, delivered_at) => [
      insert('outbox', { consultation_id: 'c', message_id, body: '{}', created_at: 0, next_at: 0, delivered_at }),
    ],
    left: "SELECT message_id AS name FROM outbox WHERE message_id IN ('old', 'young')",
  },
  mail_notice: {
    make: (id, received_at) => [insert('mail_notice', { id, type: 't', received_at, at: received_at })],
    left: 'SELECT id AS name FROM mail_notice',
  },
  letter_in: {
    make: (id, received_at) => {
      const kept = { door: 'email', envelope_from: '', envelope_to: '', bytes: 1, received_at, next_at: received_at };
      const waits = { id: `${id} waits`, sha256: `${id} waits`, key: `${id} waits`, judged_at: 1, why: 'unknown' };
      return [
        insert('letter_in', { ...kept, id, sha256: id, key: id, judged_at: 1 }),
        insert('letter_in_part', { letter_id: id, n: 0, name: 'a', type: 't', bytes: 1, verdict: 'heic' }),
        insert('letter_in', { ...kept, ...waits }),
      ];
    },
    left: "SELECT id AS name FROM letter_in WHERE id NOT LIKE '% waits'",
  },
  payment_notice: {
    make: (id, received_at) => [insert('payment_notice', { id, event: id, object_id: 'o', body: '{"a":1}', received_at })],
    left: "SELECT id AS name FROM payment_notice WHERE body NOT LIKE 'erased %'",
  },
  handover: {
    make: (token_hash, expires_at) => [
      insert('handover', {
        token_hash,
        consultation_id: visit.id,
        person_id: visit.anna.id,
        session_id: SESSION,
        created_at: expires_at - 1,
        expires_at,
      }),
    ],
    left: 'SELECT token_hash AS name FROM handover',
  },
  room_pass: {
    make: (hash, expires_at) => [
      insert('room_pass', {
        hash,
        consultation_id: visit.id,
        person_id: visit.anna.id,
        role: 'patient',
        created_at: 0,
        expires_at,
        replaced_at: 1,
        session_id: SESSION,
      }),
    ],
    left: 'SELECT hash AS name FROM room_pass',
  },
  claim_draft: {
    make: (name, at) => [
      insert('claim_draft', { person_id: name === 'old' ? visit.anna.id : visit.doctor.id, consultation_id: visit.id, body: name, at }),
    ],
    left: 'SELECT body AS name FROM claim_draft',
  },
  claim_form_key: {
    make: (name, at) => [
      insert('refund_claim', {
        id: name,
        consultation_id: visit.id,
        person_id: visit.anna.id,
        number: name,
        token: name,
        opened_by: 'patient',
        demanded_at: at,
        due_at: at,
        withdrawn_at: at,
        next_at: at,
      }),
      insert('claim_form_key', { person_id: visit.anna.id, key: name, claim_id: name, at }),
    ],
    left: 'SELECT key AS name FROM claim_form_key',
  },
  session: { make: (id, at) => [session(id, at)], left: "SELECT id AS name FROM session WHERE id IN ('old', 'young')" },
  call_minute: {
    make: (name, at) => {
      const id = oldestId(at);
      const figures = { loss: 0, rtt_ms: 1, kbps_in: 1, kbps_out: 1, kind: 'video' };
      return [
        {
          sql: `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
            SELECT ?, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, ? FROM consultation WHERE id = ?`,
          args: [id, id, visit.id],
        },
        insert('call_minute', { consultation_id: id, person_id: visit.anna.id, minute_at: name === 'old' ? 1 : 2, ...figures }),
      ];
    },
    left: "SELECT iif(minute_at = 1, 'old', 'young') AS name FROM call_minute",
  },
  protocol_draft: {
    make: (name, at) => [draft(name === 'old' ? 1 : 2, at), ...(name === 'young' ? signs() : [])],
    left: "SELECT iif(version = 1, 'old', 'young') AS name FROM protocol_draft",
  },
};

/** A session of the cast. */
const SESSION = '01930000-0000-7000-8000-000000020001';
const signs = (): Statement[] => [
  ...metInCall(visit.id, visit.anna.id, visit.doctor.id, NOON - 1),
  insert('conclusion', { consultation_id: visit.id, at: NOON, person_id: visit.doctor.id, outcome: 'tookPlace' }),
  insert('protocol', {
    id: 'p',
    consultation_id: visit.id,
    version: 1,
    content: '{}',
    content_hash: 'h',
    verify_code: 'v',
    published_at: NOON,
  }),
];

const namesIn = async (sql: string) => (await d1.prepare(sql).all<{ name: string }>()).results.map(({ name }) => name).sort();
const NOW = NOON + 2000 * DAY;

describe('the sweep', () => {
  test.each(swept)('takes of $table what is older than $days days, not a millisecond younger', async ({ table, days }) => {
    const rows = ROWS[table];
    if (rows === undefined) throw new Error(`This test makes no row of ${table}.`);
    const limit = NOW - days * DAY;
    await run([...rows.make('old', limit - 1), ...rows.make('young', limit)]);
    expect(await namesIn(rows.left)).toEqual(['old', 'young']);

    await sweep(db, NOW);

    expect(await namesIn(rows.left)).toEqual(['young']);
  });

  test('takes a small batch of a table each time, the oldest first', async () => {
    const nonces = Array.from({ length: SWEEP_ROWS + 10 }, (_, i) => insert('nonce', { value: String(i), until: i }));
    for (let i = 0; i < nonces.length; i += 50) await run(nonces.slice(i, i + 50));

    await sweep(db, NOW);
    expect(await count('SELECT count(*) AS n FROM nonce')).toBe(10);
    expect(await count('SELECT min(until) AS n FROM nonce')).toBe(SWEEP_ROWS);

    await sweep(db, NOW);
    expect(await count('SELECT count(*) AS n FROM nonce')).toBe(0);
  });

  test('leaves what still waits: a line that nobody has heard, the saves of a text that is not signed', async () => {
    await run([
      insert('outbox', { consultation_id: 'c', message_id: 'waits', body: '{}', created_at: 0, next_at: 0, delivered_at: null }),
      draft(1, 1),
    ]);

    await sweep(db, NOW);

    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id = 'waits'")).toBe(1);
    expect(await count('SELECT count(*) AS n FROM protocol_draft')).toBe(1);
  });

  test('leaves a dead session that proves something, and meets it once', async () => {
    await run([session('proof', 1), session('nothing', 1)]);
    await run([
      insert('card_access', {
        id: 'k',
        at: 1,
        patient_id: visit.anna.id,
        person_id: visit.anna.id,
        session_id: 'proof',
        relation: 'self',
        act: 'card',
      }),
    ]);

    await sweep(db, NOW);

    expect(await namesIn("SELECT id AS name FROM session WHERE id IN ('proof', 'nothing')")).toEqual(['proof']);
    expect(await count("SELECT kept_at AS n FROM session WHERE id = 'proof'")).toBe(NOW);
  });

  test('erases the body of a notice and nothing else of it', async () => {
    await run([insert('payment_notice', { id: 'n', event: 'e', object_id: 'o', body: '{}', received_at: 1 })]);
    await sweep(db, NOW);

    expect(await d1.prepare('SELECT * FROM payment_notice').first()).toEqual({
      id: 'n',
      event: 'e',
      object_id: 'o',
      body: 'erased n',
      received_at: 1,
      answer: null,
    });
    await expect(d1.prepare("UPDATE payment_notice SET event = 'f'").run()).rejects.toThrow(/immutable/);
  });
});
