// Who is started again when Temporal has lost its workflows: every consultation that may still have something to do, and what waited to be told
// is settled by it.
import { beforeEach, expect, test } from 'vitest';
import { write } from '../../worker/data/db.ts';
import { newId, oldestId } from '../../worker/data/ids.ts';
import { signals } from '../../worker/data/outbox.ts';
import { resumes } from '../../worker/data/resumptions.ts';
import { DAY, HOUR, MAKETOVA, MINUTE } from '../cast.ts';
import { booked } from '../routes/meeting.ts';
import { d1, db, freshClinic, patients, run } from './d1.ts';

let now: number;
let patient: string;

beforeEach(async () => {
  await freshClinic();
  const [anna] = await patients(1);
  patient = anna?.id ?? '';
  now = Date.now();
});

/** A consultation of long ago, whose times and hold are as given. */
async function old(startsAt: number, hold: { firm?: boolean; released?: boolean; concluded?: boolean } = {}): Promise<string> {
  const id = `${oldestId(now - 60 * DAY).slice(0, 24)}${newId().slice(24)}`;
  const at = now - 60 * DAY;
  const { firm = true, released = false, concluded = false } = hold;
  await run([
    {
      sql: `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
        VALUES (?, ?, ?, ?, ?, 230000, 'RUB', 'a@example.ru', 'ru', ?, ?)`,
      args: [id, patient, MAKETOVA.doctorId, startsAt, startsAt + 30 * MINUTE, at, id],
    },
    {
      sql: 'INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at, firm_at, released_at, concluded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      args: [
        id,
        MAKETOVA.doctorId,
        patient,
        startsAt,
        startsAt + 30 * MINUTE,
        at,
        firm ? at : null,
        released ? at : null,
        concluded ? at : null,
      ],
    },
  ]);
  return id;
}

interface Line {
  readonly consultation_id: string;
  readonly body: string;
}

async function resumed(): Promise<Line[]> {
  await write(
    db,
    resumes(now).map(sql => ({ sql, args: [] })),
  );
  const { results } = await d1.prepare('SELECT consultation_id, body FROM outbox WHERE delivered_at IS NULL ORDER BY id').all<Line>();
  return results;
}
const startedIn = (lines: readonly Line[]) =>
  lines.filter(({ body }) => JSON.parse(body).kind === 'start').map(({ consultation_id }) => consultation_id);

test('an appointment that is ahead is started with the facts of now, and looks at them', async () => {
  const id = await booked(patient, now + DAY);

  const [start, look, ...others] = (await resumed()).map(({ body }) => JSON.parse(body));

  expect(start).toEqual({
    kind: 'start',
    input: {
      consultationId: id,
      doctorId: MAKETOVA.doctorId,
      startsAt: now + DAY,
      endsAt: now + DAY + 30 * MINUTE,
      expiresAt: expect.any(Number),
      scheduleVersion: 1,
      resumedAt: now,
    },
  });
  expect(look).toEqual({ kind: 'signal', name: 'paid', consultationId: id, told: { messageId: `look:${id}:${now}` } });
  expect(others).toEqual([]);
});

test('the nearest appointment is started first, and one that is over is not', async () => {
  const later = await old(now + 2 * DAY);
  const sooner = await old(now + HOUR);
  await old(now - 30 * DAY, { concluded: true });
  await old(now - 31 * DAY, { firm: false, released: true });
  await old(now - 32 * DAY);

  expect(startedIn(await resumed())).toEqual([sooner, later]);
});

test('a visit of long ago is started when money is open, a letter waits, or its protocol is not signed', async () => {
  const past = (days: number) => old(now - days * DAY, { concluded: true });
  const [paying, refunding, lettered, unsigned] = [await past(30), await past(31), await past(32), await past(33)];
  const payment = (id: string, of: string, succeededAt: number | null) => ({
    sql: "INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at) VALUES (?, ?, 1, 230000, 'RUB', 1, 'yookassa', ?, ?)",
    args: [id, of, id, succeededAt],
  });
  await run([
    payment('p1', paying, null),
    payment('p2', refunding, 1),
    {
      sql: "INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at) VALUES ('r', ?, 'p2', 1, 230000, 'rule', 'cancelled', 1, 1)",
      args: [refunding],
    },
    {
      sql: "INSERT INTO letter (id, consultation_id, kind, schedule_version, email, queued_at, state_at) VALUES ('l', ?, 'paid', 1, 'e', 1, 1)",
      args: [lettered],
    },
    { sql: 'INSERT INTO unsigned (consultation_id, doctor_id, concluded_at) VALUES (?, ?, 1)', args: [unsigned, MAKETOVA.doctorId] },
  ]);

  expect(startedIn(await resumed()).sort()).toEqual([paying, refunding, lettered, unsigned].sort());
});

test('what waited or was dead is settled, and its consultation started: a signal before the start would be refused', async () => {
  const id = await old(now - 30 * DAY, { concluded: true });
  await write(db, [signals(id, 'concluded', 'waits', now - HOUR), signals(id, 'left', 'dead', now - HOUR)]);
  await run([{ sql: "UPDATE outbox SET dead_at = 1, why = 'unknown' WHERE message_id = 'dead'", args: [] }]);

  const lines = await resumed();

  expect(lines.map(({ body }) => JSON.parse(body).kind)).toEqual(['start', 'signal']);
  const { results } = await d1
    .prepare("SELECT 1 FROM outbox WHERE dead_at IS NOT NULL OR (message_id = 'waits' AND delivered_at IS NULL)")
    .all();
  expect(results).toEqual([]);
});

test('doing it again starts and tells anew, and leaves nothing of the time before', async () => {
  const id = await booked(patient, now + DAY);
  await resumed();
  now += MINUTE;

  const lines = await resumed();

  expect(lines.map(({ consultation_id }) => consultation_id)).toEqual([id, id]);
  expect(JSON.parse(lines[0]?.body ?? '').input.resumedAt).toBe(now);
});

test('a claim about which something is left to do is started again and looks, one that is over is not', async () => {
  const id = await old(now - 20 * DAY, { concluded: true });
  const claim = (claimId: string, over: number | null) => ({
    sql: `INSERT INTO refund_claim (id, consultation_id, person_id, number, token, opened_by, demanded_at, due_at, next_at, withdrawn_at, over_at)
      VALUES (?, ?, ?, ?, ?, 'patient', 1, 2, 1, ?, ?)`,
    args: [claimId, id, patient, claimId, claimId, over, over],
  });
  await run([claim('over', now), claim('open', null)]);

  const lines = (await resumed()).map(({ body }) => JSON.parse(body)).filter(({ kind }) => kind.endsWith('Claim'));

  expect(lines).toEqual([
    { kind: 'startClaim', input: { claimId: 'open', consultationId: id, demandedAt: 1, dueAt: 2, resumedAt: now } },
    { kind: 'signalClaim', name: 'changed', claimId: 'open', told: { messageId: `look:open:${now}` } },
  ]);
});
