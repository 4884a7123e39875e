// The adapter of the signing service against the stand's: OpenSSL accepts its signatures, and requests that are not ours are refused.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { serveSigner } from '../../stand/signer/signer.ts';
import { signingService } from '../../worker/providers/signature/signing-service.ts';
import { DAY, MAKETOVA, NOON, OBRAZTSOVA } from '../cast.ts';
import { opensslOf } from './openssl.ts';

const apiKey = 'a-key-of-the-tests';
const content = Buffer.from('Всё, кроме места для подписи.');
const sha256 = Uint8Array.from(createHash('sha256').update(content).digest());

let stand: Awaited<ReturnType<typeof serveSigner>>;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signer-'));
  stand = await serveSigner({ port: 0, apiKey, dir: folder });
});
afterEach(async () => {
  await stand.close();
  rmSync(folder, { recursive: true });
});

const adapter = (key = apiKey) => signingService({ apiUrl: `${stand.url}/csc/v2`, apiKey: key });
const fault = (body: object) =>
  fetch(`${stand.url}/__stand/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const openssl = async (cms: Uint8Array, over: Uint8Array) => opensslOf(cms, over, await (await fetch(`${stand.url}/ca.pem`)).text());

test('a signature over a digest is verified by OpenSSL against the authority, and not over anything else', async () => {
  const now = Date.now();
  const { owner, serial, validUntil } = await adapter().certificateOf(MAKETOVA.doctorId, now);
  const cms = await adapter().sign({ doctorId: MAKETOVA.doctorId, serial, sha256 });

  expect([owner, validUntil > now + 300 * DAY]).toEqual(['Макетова Дарья', true]);
  expect(await openssl(cms, content)).toBe('verified');
  expect(await openssl(cms, Buffer.from('Что-то другое.'))).toMatch(/digest|verification failure/i);
});

test('certificates stay over a restart', async () => {
  const before = await adapter().certificateOf(MAKETOVA.doctorId, Date.now());
  await stand.close();
  stand = await serveSigner({ port: 0, apiKey, dir: folder });

  expect(await adapter().certificateOf(MAKETOVA.doctorId, Date.now())).toEqual(before);
});

describe('is refused', () => {
  test('a doctor whom the service does not know', async () => {
    await expect(adapter().certificateOf('nobody', NOON)).rejects.toMatchObject({ name: 'SignatureRefused' });
  });

  test('a wrong key', async () => {
    await expect(adapter('another').certificateOf(MAKETOVA.doctorId, NOON)).rejects.toMatchObject({ name: 'SignatureRefused' });
  });

  test('a certificate that is over', async () => {
    const far = Date.now() + 2 * 365 * DAY;
    await expect(adapter().certificateOf(MAKETOVA.doctorId, far)).rejects.toMatchObject({ name: 'SignatureRefused' });
  });

  test('a signature made with another certificate than the paper names', async () => {
    const { serial } = await adapter().certificateOf(OBRAZTSOVA.doctorId, Date.now());
    await expect(adapter().sign({ doctorId: MAKETOVA.doctorId, serial, sha256 })).rejects.toMatchObject({ name: 'SignatureRefused' });
  });

  test.each([
    ['of another digest', { SignatureObject: [Buffer.from('0'.repeat(400)).toString('base64')] }],
    ['that is none', { SignatureObject: [] }],
    ['in another form', { signature: 'AAAA' }],
  ])('an answer %s', async (_, answer) => {
    const service = serve({ fetch: new Hono().post('*', c => c.json(answer)).fetch, port: 0, hostname: '127.0.0.1' });
    onTestFinished(() => new Promise<void>(closed => void service.close(() => closed())));
    await once(service, 'listening');
    const address = service.address();
    const strange = signingService({ apiUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, apiKey });

    await expect(strange.sign({ doctorId: MAKETOVA.doctorId, serial: '01ab', sha256 })).rejects.toMatchObject({ name: 'SignatureRefused' });
  });
});

describe('may be asked again', () => {
  test.each([
    ['a service that fails', { kind: 'error', on: 'info', status: 500, count: 1 }],
    ['a service that is busy', { kind: 'error', on: 'info', status: 429, count: 1 }],
    ['a service that is too slow', { kind: 'delay', on: 'info', ms: 4_000, count: 1 }],
  ])('%s', async (_, misfortune) => {
    await fault(misfortune);
    const hasty = signingService({ apiUrl: `${stand.url}/csc/v2`, apiKey }, 1_000);

    await expect(hasty.certificateOf(MAKETOVA.doctorId, Date.now())).rejects.toMatchObject({ name: 'SignatureUnavailable' });
    expect((await adapter().certificateOf(MAKETOVA.doctorId, Date.now())).owner).toBe('Макетова Дарья');
  });

  test('a service that is away', async () => {
    const away = signingService({ apiUrl: 'http://127.0.0.1:9/csc/v2', apiKey });
    await expect(away.certificateOf(MAKETOVA.doctorId, NOON)).rejects.toMatchObject({ name: 'SignatureUnavailable' });
  });
});

test('the stand is strict about what it is asked and says on its page that it is a stand', async () => {
  const post = (body: object) =>
    fetch(`${stand.url}/csc/v2/signatures/signDoc`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  expect((await post({ credentialID: MAKETOVA.doctorId, documents: ['whole'] })).status).toBe(400);
  const page = await (await fetch(`${stand.url}/__stand`)).text();
  expect(page).toContain('стенд');
  expect(page).toContain('Макетова Дарья');
});
