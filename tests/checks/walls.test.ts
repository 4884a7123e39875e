// Each wall of the layout, broken once: a check that cannot fail guards nothing.
import { describe, expect, test } from 'vitest';
import { breachesOf } from './walls.ts';

const BROKEN: readonly (readonly [what: string, file: string, code: string])[] = [
  ['a rule that imports a view', 'workflows/rules/status.ts', "import { rub } from '../../views/format.ts';"],
  ['a rule that imports a package', 'workflows/rules/status.ts', "import { z } from 'zod';"],
  ['a workflow that imports the worker, a type too', 'workflows/story.ts', "import type { Ports } from '../worker/money/payments.ts';"],
  ['a workflow that imports a view', 'workflows/story.ts', "import { letterOf } from '../views/index.ts';"],
  ['a workflow that imports zod', 'workflows/story.ts', "import { z } from 'zod';"],
  ['a view that imports the worker, a type too', 'views/rail.tsx', "import type { Act } from '../worker/auth/may.ts';"],
  ['browser code that imports the worker', 'views/islands/room/chat.ts', "import type { Room } from '../../../worker/rooms/room.ts';"],
  ['a view that imports a story', 'views/rail.tsx', "import { consultation } from '../workflows/consultation.ts';"],
  ['a view that knows the server', 'views/rail.tsx', "import { Hono } from 'hono';"],
  ['a statement that imports a view', 'worker/data/doctors.ts', "import type { Frame } from '../../views/model.ts';"],
  ['a statement that imports a route', 'worker/data/doctors.ts', "import { desk } from '../routes/desk/desk.tsx';"],
  ['a statement that imports a page', 'worker/data/doctors.ts', "import { see } from '../http/page.tsx';"],
  ['the worker that imports the stand', 'worker/index.ts', "import { people } from '../stand/clinic/people.ts';"],
  ['the worker that imports Temporal', 'worker/outbox.ts', "import { Client } from '@temporalio/client';"],
  ['a route that another file mounts', 'worker/http/page.tsx', "import { desk } from '../routes/desk/desk.tsx';"],
  ['SQL in a route', 'worker/routes/desk/desk.tsx', "const rows = 'SELECT id FROM doctor WHERE id = ?1';"],
  ['SQL with a common table in a route', 'worker/routes/desk/desk.tsx', 'const rows = `WITH asking AS (SELECT 1) SELECT 2`;'],
  ['SQL with a kept table in a route', 'worker/routes/desk/desk.tsx', 'const rows = `WITH asking AS MATERIALIZED (SELECT 1) SELECT 2`;'],
  ['a write in a route', 'worker/routes/desk/desk.tsx', 'const sql = "UPDATE doctor SET on_duty = 1";'],
  ['the binding in a route', 'worker/routes/desk/desk.tsx', 'const row = await ask(c.env.DB, {});'],
  ['a body read by a route itself', 'worker/routes/desk/desk.tsx', 'const body = await c.req.json();'],
  ['a form read by a route itself', 'worker/routes/patient/card-files.ts', 'const form = await c.req.raw.formData();'],
  ['a query read by a route itself', 'worker/routes/public/help.tsx', "const q = c.req.query('q');"],
  ['JSON of a neighbour parsed without cleaning', 'worker/providers/mail/resend.ts', 'const body = JSON.parse(text);'],
  ['a prepared statement in an activity', 'worker/activities/room.ts', 'await db.prepare(sql).first();'],
  ['the type of the binding in an activity', 'worker/activities/room.ts', 'const db: D1Database = found;'],
];

describe('a broken wall is told:', () => {
  test.each(BROKEN)('%s', (_what, file, code) => {
    expect(breachesOf(file, `${code}\n`)).not.toEqual([]);
  });
});

test('what the layout allows is told as nothing', () => {
  expect(breachesOf('worker/index.ts', "import { desk } from './routes/desk/desk.tsx';")).toEqual([]);
  expect(
    breachesOf('workflows/story.ts', "import { condition } from '@temporalio/workflow';\nimport { GRACE_MS } from './rules/status.ts';"),
  ).toEqual([]);
  expect(breachesOf('views/rail.tsx', "import { statusOf } from '../workflows/rules/status.ts';\n// SELECT a page FROM the list")).toEqual(
    [],
  );
  expect(
    breachesOf(
      'worker/data/doctors.ts',
      "import type { Doctor } from '../../workflows/rules/doctor.ts';\nconst sql = 'SELECT id FROM doctor';",
    ),
  ).toEqual([]);
});
