// The stand's emulators as processes of their own: asked to end, they end by themselves, whatever they were in the middle of.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../patience.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Longer than any test lasts. */
const FOR_EVER_MS = 600_000;

let dir: string;
let emulator: ChildProcess | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'stand-'));
});
afterEach(async () => {
  if (emulator?.exitCode === null && emulator.kill('SIGKILL')) await once(emulator, 'exit');
  rmSync(dir, { recursive: true });
});

/** Starts one and resolves with its address, which it says in its first line. */
async function started(name: string): Promise<string> {
  const env = { ...process.env, STAND_DIR: dir, [`PORT_${name.toUpperCase()}`]: '0' };
  const child = spawn(process.execPath, [join(ROOT, 'stand', name, 'main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  emulator = child;
  for await (const line of createInterface(child.stdout)) return /http:\S+?(?=\/__stand|$)/.exec(line)?.[0] ?? expect.fail(line);
  return expect.fail(`${name} ended before it said where it is.`);
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const POST = { method: 'POST' };

test.each([
  ['gosuslugi', 'discovery', '/.well-known/openid-configuration', {}],
  ['yookassa', 'get', '/v3/payments/p1', { headers: { authorization: `Basic ${btoa('100500:test_stand-yookassa-secret')}` } }],
  ['calls', 'new', '/v1/apps/stand/sessions/new', { ...POST, headers: bearer('stand-calls-secret') }],
  ['mail', 'get', '/emails/e1', { headers: bearer('re_stand_mail_key') }],
  ['signer', 'info', '/csc/v2/credentials/info', { ...POST, headers: bearer('stand-signer-key') }],
])('%s ends by itself in the middle of an answer', async (name, on, path, init) => {
  const url = await started(name);
  await switched(url, { kind: 'delay', on, ms: FOR_EVER_MS, count: 1 });
  const asked = fetch(url + path, init).then(
    ({ status }) => status,
    () => 'hung up',
  );
  await until(async () => expect((await (await fetch(`${url}/__stand/state`)).json()).faults).toEqual([]));

  expect(await ended()).toBe(0);
  expect(await asked).toBe('hung up');
});

test('calls ends by itself with a session open', async () => {
  const url = await started('calls');
  const opened = await fetch(`${url}/v1/apps/stand/sessions/new`, { ...POST, headers: bearer('stand-calls-secret') });

  expect(opened.status).toBe(201);
  expect(await ended()).toBe(0);
});

describe('all of them in one process', () => {
  const NAMES = ['gosuslugi', 'yookassa', 'calls', 'mail', 'signer'];
  /** A fault in any of them, at the moment of a signal. */
  const BREAKS = "data:text/javascript,process.on('SIGUSR2', () => { throw new Error('One of them broke.'); })";

  /** Starts them and resolves with their addresses by name. */
  async function startedTogether(): Promise<Record<string, string>> {
    const free = Object.fromEntries(NAMES.map(name => [`PORT_${name.toUpperCase()}`, '0']));
    const args = ['--import', BREAKS, join(ROOT, 'stand/outside.ts'), ...NAMES];
    const child = spawn(process.execPath, args, { env: { ...process.env, STAND_DIR: dir, ...free }, stdio: ['ignore', 'pipe', 'pipe'] });
    emulator = child;
    const said: string[] = [];
    for await (const line of createInterface(child.stdout)) if (said.push(line) === NAMES.length) break;
    const words = ['Госуслуги', 'ЮKassa', 'Видеосвязь', 'Почта', 'Подпись'];
    return Object.fromEntries(
      NAMES.map((name, i) => [name, /http:\S+?(?=\/__stand|$)/.exec(said.find(line => line.startsWith(words[i] ?? '')) ?? '')?.[0] ?? '']),
    );
  }

  test('answer at their own ports, and end by themselves', async () => {
    const urls = Object.values(await startedTogether());

    for (const url of urls) expect((await fetch(`${url}/__stand`)).status).toBe(200);
    expect(new Set(urls).size).toBe(NAMES.length);
    expect(await ended()).toBe(0);
  });

  test('keep what they know when one of them breaks, and say what broke', async () => {
    const { mail } = await startedTogether();
    const letter = { from: 'a@example.ru', to: ['b@example.ru'], subject: 'Важное', text: 'т' };
    const headers = { ...bearer('re_stand_mail_key'), 'content-type': 'application/json', 'user-agent': 'test' };
    expect((await fetch(`${mail}/emails`, { ...POST, headers, body: JSON.stringify(letter) })).status).toBe(200);
    let said = '';
    emulator?.stderr?.on('data', words => (said += String(words)));

    expect(await ended('SIGUSR2')).toBe(1);

    expect(said).toContain('One of them broke.');
    expect(readFileSync(join(dir, 'mail.json'), 'utf8')).toContain('Важное');
  });
});

async function switched(url: string, fault: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${url}/__stand/faults`, { ...POST, headers, body: JSON.stringify(fault) })).status).toBe(200);
}

/** Asks it to end; its exit code. */
async function ended(signal: NodeJS.Signals = 'SIGTERM'): Promise<unknown> {
  const child = emulator ?? expect.fail('Nothing was started.');
  const exit = once(child, 'exit');
  child.kill(signal);
  return (await exit)[0];
}
