// Measures the whole stand: how soon a confirmed reservation has its workflow, how soon a payment shows on the page, and the memory of each
// process.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { up } from '../../stand/up.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { comesAsPatient, eventually, pay, reserve, type Urls } from './cabinet.ts';
import { measureSigning } from './sign.ts';
import { type Line, quantile } from './table.ts';

const ROUNDS = 20;
const DOOR_MINUTES = String(7 * 24 * 60);
const PORTS = {
  WORKER: 18787,
  HOST: 18788,
  TEMPORAL: 17233,
  CONSOLE: 18233,
  GOSUSLUGI: 18801,
  YOOKASSA: 18802,
  CALLS: 18803,
  MAIL: 18804,
  SIGNER: 18805,
};

export async function measureStand(): Promise<Line[]> {
  const dir = fileURLToPath(new URL('../../.stand/bench', import.meta.url));
  // The doors open a day before, so that a visit can be ended and its protocol signed.
  const settings = { CLINIC_JOIN_MINUTES: DOOR_MINUTES, CLINIC_WAITING_MINUTES: DOOR_MINUTES };
  const stand = await up({ dir, fresh: true, ports: PORTS, quiet: true, settings });
  const client = new Client({ connection: Connection.lazy({ address: `127.0.0.1:${PORTS.TEMPORAL}` }) });
  try {
    const cookie = await comesAsPatient(stand.urls);
    const started: number[] = [];
    const shown: number[] = [];
    const ids: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { id, confirmedAt } = await reserve(stand.urls, cookie, round);
      started.push((await startedAt(client, id)) - confirmedAt);
      shown.push(await untilShown(stand.urls, cookie, id));
      ids.push(id);
    }
    const signing = await measureSigning(stand.urls, cookie, ids.slice(0, 10));
    const memory = Object.entries(stand.pids()).map(([name, pid]) => ({
      what: `memory of ${name}, with its children`,
      figure: `${Math.round(residentKb(pid) / 1024)} MiB`,
      target: '',
      met: null,
    }));
    return [
      within('confirm → workflow started, p99', quantile(started, 0.99)),
      within('paid at the provider → page says so, p50', quantile(shown, 0.5)),
      { what: '  the same, p95', figure: `${quantile(shown, 0.95).toFixed(0)} ms`, target: '', met: null },
      ...signing,
      ...memory,
    ];
  } finally {
    await client.connection.close();
    await stand.stop();
  }
}

const within = (what: string, ms: number): Line => ({ what, figure: `${ms.toFixed(0)} ms`, target: '< 1000 ms', met: ms < 1000 });

/** The start time of the workflow on the server, ms. */
const startedAt = (client: Client, id: string): Promise<number> =>
  eventually(async () => {
    try {
      return (await client.workflow.getHandle(workflowIdOf(id)).describe()).startTime.getTime();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  });

/** From the provider's success until the return page shows it, ms; the page is loaded as often as it reloads itself. */
async function untilShown(urls: Urls, cookie: string, id: string): Promise<number> {
  await pay(urls, cookie, id);
  const paidAt = performance.now();
  return await eventually(async () => {
    const page = await fetch(`${urls.cabinet}/consultations/${id}/payment`, {
      headers: { cookie, 'hx-request': 'true', 'accept-language': 'ru' },
    });
    return (await page.text()).includes('Оплата получена') ? performance.now() - paidAt : null;
  });
}

/** Resident memory of a process and all its descendants, KiB. */
function residentKb(pid: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  const sum = (id: number): number =>
    rows.reduce(
      (total, [child = 0, parent, kb = 0]) => total + (child === id ? kb : 0) + (parent === id && child !== id ? sum(child) : 0),
      0,
    );
  return sum(pid);
}
