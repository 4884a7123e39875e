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

// `/d1` is one round trip to a database of one row: what a page that asks anything cannot be faster than.
const HELLO = `import { Hono } from 'hono';
export default new Hono()
  .get('/', c => c.text('Hello World'))
  .get('/d1', async c => c.json((await c.env.DB.prepare('SELECT 1 AS n').all()).results));`;

export interface Edge {
  readonly cabinet: URL;
  readonly hello: URL;
  readonly run: (statements: readonly Statement[]) => Promise<void>;
  readonly all: (sql: string, args: readonly (string | number | null)[]) => Promise<Record<string, unknown>[]>;
  /** Processor time that the cabinet has used so far, its database included, ms. */
  readonly cpuMs: () => number;
  /** The same of the hello Worker. */
  readonly helloCpuMs: () => number;
  readonly close: () => Promise<void>;
}

/** Starts the edge and the hello Worker in one Miniflare, so that both have the same runtime and the same simulator. */
export async function startEdge(now: number): Promise<Edge> {
  const { bundle, hello, typefaces } = await built();
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
  const before = workerds();
  const cabinet = start('cabinet', bundle);
  const url = await cabinet.ready;
  const [pid = 0] = workerds().filter(id => !before.includes(id));
  const known = workerds();
  const greeter = start('hello', hello);
  const helloUrl = await greeter.ready;
  const [greeterPid = 0] = workerds().filter(id => !known.includes(id));
  const db = await cabinet.getD1Database('DB');
  const batch = (statements: readonly Statement[]) => db.batch(statements.map(s => db.prepare(s.sql).bind(...s.args)));
  const run = async (statements: readonly Statement[]) => {
    // workerd closes a connection that was idle; what was sent into it is sent again.
    await batch(statements).catch((error: unknown) => (String(error).includes('fetch failed') ? batch(statements) : Promise.reject(error)));
  };
  await run(migrations().map(sql => ({ sql, args: [] })));
  await run(await clinicAt(now));
  return {
    cabinet: url,
    hello: helloUrl,
    run,
    all: async (sql, args) => {
      const { results } = await db
        .prepare(sql)
        .bind(...args)
        .all();
      return results;
    },
    cpuMs: () => cpuMsOf(pid),
    helloCpuMs: () => cpuMsOf(greeterPid),
    close: async () => {
      await Promise.all([cabinet.dispose(), greeter.dispose()]);
    },
  };
}

interface Built {
  readonly bundle: string;
  readonly hello: string;
  readonly typefaces: readonly { readonly type: 'Data'; readonly path: string; readonly contents: Buffer }[];
}

let once: Promise<Built> | undefined;

/** The bundles of both Workers, built once a run. */
const built = (): Promise<Built> => (once ??= builtNow());

async function builtNow(): Promise<Built> {
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
  return { bundle, hello: hello.outputFiles[0]?.text ?? '', typefaces };
}

/** The processes of workerd that this one has started. */
function workerds(): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim().split('\n');
  return rows.flatMap(row => {
    const [pid, parent, name] = row.trim().split(/\s+/);
    return Number(parent) === process.pid && name === 'workerd' ? [Number(pid)] : [];
  });
}

// Linux counts a process's time in hundredths of a second; user and system are the 14th and 15th field, the 2nd is a name in brackets.
const TICK_MS = 10;

function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The statements of the migrations. A trigger is one statement, although there are semicolons between its BEGIN and END. */
function migrations(): string[] {
  const folder = join(ROOT, 'worker/data/migrations');
  const text = readdirSync(folder)
    .filter(file => file.endsWith('.sql'))
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
    .replace(/^\s*--.*$/gm, '');
  return (text.match(/\s*CREATE TRIGGER[\s\S]*?\bEND;|[^;]+;/g) ?? []).map(sql => sql.trim()).filter(sql => sql.length > 1);
}
