// Runs the built edge in Miniflare, without wrangler's development proxy, which costs several times more than the edge behind it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { clinicAt } from '../cast.ts';
import type { Statement } from '../../stand/clinic/clinic.ts';
import { LIMITS } from '../../workflows/rules/limits.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

const BINDINGS = {
  PUBLIC_URL: 'http://127.0.0.1',
  HOST_URL: 'http://127.0.0.1:9',
  EDGE_KEYS: `k1:${key(1)}`,
  DATA_KEYS: `k1:${key(2)}`,
  GOSUSLUGI_ISSUER: 'http://127.0.0.1:9',
  GOSUSLUGI_CLIENT_ID: 'clinic',
  GOSUSLUGI_CLIENT_SECRET: 'a-secret-of-the-bench',
  YOOKASSA_API_URL: 'http://127.0.0.1:9/v3',
  YOOKASSA_PAGE_ORIGIN: 'http://127.0.0.1:9',
  YOOKASSA_SHOP_ID: '1',
  YOOKASSA_SECRET_KEY: 'a-secret-of-the-bench',
  CALLS_API_URL: 'http://127.0.0.1:9/v1',
  CALLS_APP_ID: 'bench',
  CALLS_APP_SECRET: 'a-secret-of-the-bench',
  RESEND_BASE_URL: 'http://127.0.0.1:9',
  RESEND_API_KEY: 're_bench',
  RESEND_WEBHOOK_SECRET: `whsec_${key(3)}`,
  MAIL_FROM: 'Clinic <mail@clinic.example>',
};

const HELLO = `import { Hono } from 'hono'; export default new Hono().get('/', c => c.text('Hello World'));`;

export interface Edge {
  readonly cabinet: URL;
  readonly hello: URL;
  readonly run: (statements: readonly Statement[]) => Promise<void>;
  readonly all: (sql: string, args: readonly (string | number | null)[]) => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

/** Starts the edge and the hello Worker in one Miniflare, so that both have the same runtime and the same simulator. */
export async function startEdge(now: number): Promise<Edge> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  execFileSync(process.execPath, [join(ROOT, 'views/build.mjs')], { cwd: ROOT, stdio: 'ignore' });
  execFileSync(join(ROOT, 'node_modules/.bin/wrangler'), ['deploy', '--dry-run', '--minify', '--outdir', folder], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  const hello = await build({ stdin: { contents: HELLO, resolveDir: ROOT }, bundle: true, format: 'esm', write: false });
  const bundle = readFileSync(join(folder, 'index.js'), 'utf8');
  const typefaces = readdirSync(folder)
    .filter(file => file.endsWith('.ttf'))
    .map(file => ({ type: 'Data' as const, path: file, contents: readFileSync(join(folder, file)) }));
  rmSync(folder, { recursive: true });

  const common = { compatibilityDate: '2026-10-01', compatibilityFlags: ['nodejs_compat'] };
  const worker = (name: string, contents: string) => ({
    ...common,
    name,
    modules: [{ type: 'ESModule' as const, path: `${name}.mjs`, contents }, ...(name === 'cabinet' ? typefaces : [])],
  });
  const start = (name: string, contents: string) =>
    new Miniflare(
      convertV4MiniflareOptions({
        host: '127.0.0.1',
        port: 0,
        cf: false,
        ...worker(name, contents),
        bindings: BINDINGS,
        d1Databases: ['DB'],
        r2Buckets: ['FILES'],
        ...(name === 'cabinet' ? { durableObjects: { ROOM: { className: 'Room', useSQLite: true } } } : {}),
        // The load comes from one place, so nothing is limited.
        ratelimits: Object.fromEntries(
          [...new Set(Object.values(LIMITS).flatMap(({ by }) => (typeof by === 'object' ? [by.edge] : [])))].map((name, i) => [
            name,
            { namespace_id: String(i + 1), simple: { limit: 10_000_000, period: 60 as const } },
          ]),
        ),
      }),
    );
  const [cabinet, greeter] = [start('cabinet', bundle), start('hello', hello.outputFiles[0]?.text ?? '')];
  const db = await cabinet.getD1Database('DB');
  const run = async (statements: readonly Statement[]) => {
    await db.batch(statements.map(s => db.prepare(s.sql).bind(...s.args)));
  };
  await run(migrations().map(sql => ({ sql, args: [] })));
  await run(await clinicAt(now));
  return {
    cabinet: await cabinet.ready,
    hello: await greeter.ready,
    run,
    all: async (sql, args) => {
      const { results } = await db
        .prepare(sql)
        .bind(...args)
        .all();
      return results;
    },
    close: async () => {
      await Promise.all([cabinet.dispose(), greeter.dispose()]);
    },
  };
}

/** The statements of the migrations. A trigger is one statement, although there are semicolons between its BEGIN and END. */
function migrations(): string[] {
  const folder = join(ROOT, 'worker/data/migrations');
  const text = readdirSync(folder)
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
    .replace(/^\s*--.*$/gm, '');
  return (text.match(/\s*CREATE TRIGGER[\s\S]*?\bEND;|[^;]+;/g) ?? []).map(sql => sql.trim()).filter(sql => sql.length > 1);
}
