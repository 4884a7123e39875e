// The PDF of a signed protocol, printed in workerd as the workflow requests it: repeated requests make one file, nothing is half-signed,
// nothing is altered.
import { beforeEach, describe, expect, test } from 'vitest';
import { renderProtocol } from '../../worker/protocol/render.ts';
import { parseKeys, signedRequest } from '../../worker/auth/message-signature.ts';
import { newId } from '../../worker/data/ids.ts';
import { protocolFileKey } from '../../worker/data/file-keys.ts';
import { cabinet } from '../../worker/index.ts';
import type { Bindings } from '../../worker/world.ts';
import { printApplication, printProtocol } from '../../worker/documents/press.ts';
import { type SignaturePort, SignatureRefused, SignatureUnavailable } from '../../worker/providers/signature/port.ts';
import { MAKETOVA, MINUTE } from '../cast.ts';
import { bindings, count, d1 } from '../data/d1.ts';
import { PAGE, PLAIN, PLAIN_SHA256 } from '../documents/applications.ts';
import { SHORT, SHORT_SHA256 } from '../documents/protocols.ts';
import type { Meeting } from './meeting.ts';
import { type Product, PUBLIC_URL } from './product.ts';
import { freshlySigned, type Signed, signs } from './signed-protocols.ts';

let product: Product;
let visit: Meeting;
let signed: Signed;

beforeEach(async () => {
  ({ product, visit, signed } = await freshlySigned());
});

const files = bindings.FILES;
const ports = () => product.ports;
const render = (protocolId = signed.protocolId) => renderProtocol(ports(), files, { protocolId });
const row = (protocolId = signed.protocolId) =>
  d1.prepare('SELECT * FROM rendition WHERE protocol_id = ?1').bind(protocolId).first<Record<string, string | number | null>>();
const kept = async () => (await files.list({ prefix: 'protocols/' })).objects.map(({ key }) => key);

/** A service that signs everything, each time with a different signature. */
function service(given: Partial<SignaturePort> = {}): SignaturePort & { digests: Uint8Array[] } {
  const digests: Uint8Array[] = [];
  return {
    digests,
    certificateOf: () => Promise.resolve({ owner: 'Макетова Дарья', serial: '01ab', validUntil: product.now + 86_400_000 }),
    sign: ({ sha256: digest }) => {
      digests.push(digest);
      return Promise.resolve(Uint8Array.of(0x30, 0x03, digests.length, ...digest));
    },
    ...given,
  };
}

describe('a signed protocol', () => {
  test('is printed into one file that is named by its hash', async () => {
    expect(await render()).toEqual({ kind: 'rendered' });

    const rendition = await row();
    const file = await files.get(protocolFileKey(String(rendition?.['hash'])));
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
    const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
      .map(byte => byte.toString(16).padStart(2, '0'))
      .join('');
    expect(digest).toBe(rendition?.['hash']);
    expect(bytes.length).toBe(rendition?.['bytes']);
    expect(bytes.length).toBeLessThan(100_000);
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 8))).toBe('%PDF-1.7');
    expect(rendition).toMatchObject({ cms: null, signed_by: null });
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'protocol.render' AND subject_id = ?", signed.protocolId)).toBe(1);
  });

  test('is printed once, however often it is asked for', async () => {
    await render();
    const before = await row();

    product.now += MINUTE;
    expect(await render()).toEqual({ kind: 'already' });
    expect(await row()).toEqual(before);
    expect(await kept()).toHaveLength(1);
  });

  test('that ten ask for at once leaves one row and one file, signed or not', async () => {
    const signer = service();
    product.signature = signer;
    const ends = await Promise.allSettled(Array.from({ length: 10 }, () => render()));

    expect(ends.filter(end => end.status === 'fulfilled' && end.value.kind === 'rendered')).toHaveLength(1);
    expect(ends.flatMap(end => (end.status === 'rejected' ? [end.reason.name] : [])).every(name => name === 'SignatureUnavailable')).toBe(
      true,
    );
    expect(signer.digests).toHaveLength(1);
    expect(await render()).toEqual({ kind: 'already' });
    expect(await kept()).toEqual([protocolFileKey(String((await row())?.['hash']))]);

    product.signature = null;
    const amendment = await signs(visit, { amends: signed });
    await Promise.all(Array.from({ length: 10 }, () => render(amendment.protocolId)));
    expect(await kept()).toHaveLength(2);
  });

  test('is asked for by the host with an id alone and answered with a kind alone', async () => {
    const ask = async (protocolId: string) => {
      const body = JSON.stringify({ protocolId });
      const keys = parseKeys(ports().world.settings.EDGE_KEYS);
      const request = await signedRequest(
        `${PUBLIC_URL}/activities/renderProtocol`,
        { method: 'POST', body, headers: {} },
        keys,
        product.now,
      );
      return await product.request('/activities/renderProtocol', { method: 'POST', body, headers: request.headers });
    };

    const answer = await ask(signed.protocolId);
    expect([answer.status, await answer.text()]).toEqual([200, '{"kind":"rendered"}']);
    const unknown = await ask(newId());
    expect([unknown.status, await unknown.text()]).toEqual([404, '{"kind":"UnknownProtocol"}']);
    expect((await ask('everything')).status).toBe(400);
  });

  test('whose text is not what was signed is never printed', async () => {
    await d1.exec('DROP TRIGGER protocol_stays');
    await d1.prepare(`UPDATE protocol SET content = replace(content, 'давления', 'Давления')`).run();

    await expect(render()).rejects.toMatchObject({ name: 'AlteredProtocol' });
    expect([await row(), await kept()]).toEqual([null, []]);
    expect(await (await product.get('/desk', visit.doctor)).text()).toContain('PDF протокола нельзя сделать');
  });

  test('cannot be changed or taken away once it is printed', async () => {
    await render();

    await expect(d1.prepare("UPDATE rendition SET hash = 'x'").run()).rejects.toThrow('immutable');
    await expect(d1.prepare('DELETE FROM rendition').run()).rejects.toThrow('immutable');
  });
});

test.each([
  ['a protocol', SHORT_SHA256, () => printProtocol(SHORT)],
  ['an application for money back', PLAIN_SHA256, () => printApplication(PLAIN, PAGE)],
])('the edge prints the same bytes of %s as Node', async (_, hash, print) => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await print()));

  expect([...digest].map(byte => byte.toString(16).padStart(2, '0')).join('')).toBe(hash);
});

describe('where the clinic has a signing service', () => {
  test('the service sees a digest and the file holds its signature', async () => {
    const signer = service();
    product.signature = signer;

    expect(await render()).toEqual({ kind: 'rendered' });
    const rendition = await row();
    const file = new TextDecoder('latin1').decode(await (await files.get(protocolFileKey(String(rendition?.['hash']))))?.arrayBuffer());
    expect(signer.digests.map(digest => digest.length)).toEqual([32]);
    const hex = [...(signer.digests[0] ?? [])].map(byte => byte.toString(16).padStart(2, '0')).join('');
    expect(file).toContain(`/Contents <300301${hex}00`);
    expect(rendition).toMatchObject({ signed_by: 'Макетова Дарья, 01ab', cms: expect.stringMatching(/^MAMB/) });
  });

  test.each([
    ['does not answer', { sign: () => Promise.reject(new SignatureUnavailable('down')) }, 'SignatureUnavailable'],
    ['has no certificate of the doctor', { certificateOf: () => Promise.reject(new SignatureRefused('none')) }, 'SignatureRefused'],
    ['signs something too large', { sign: () => Promise.resolve(new Uint8Array(20_000)) }, 'Error'],
  ])('nothing is kept when it %s, and the next try ends well', async (_, broken, name) => {
    product.signature = service(broken);
    await expect(render()).rejects.toMatchObject({ name });
    expect([await row(), await kept()]).toEqual([null, []]);

    product.signature = service();
    expect(await render()).toEqual({ kind: 'rendered' });
  });

  test('a service that takes a minute signs once, however often it is asked for meanwhile', async () => {
    const answer = Promise.withResolvers<void>();
    const quick = service();
    const signer = service({ sign: async order => (await answer.promise, await quick.sign(order)) });
    product.signature = signer;
    const first = render();
    for (const after of [5_000, 20_000, 60_000]) {
      product.now += after;
      await expect(render()).rejects.toMatchObject({ name: 'SignatureUnavailable' });
    }

    answer.resolve();

    expect(await first).toEqual({ kind: 'rendered' });
    expect(quick.digests).toHaveLength(1);
    expect(await kept()).toHaveLength(1);
  });

  test('what it is signing is kept, although the caller has gone meanwhile', async () => {
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const quick = service();
    product.signature = service({ sign: async order => (asked.resolve(), await answer.promise, await quick.sign(order)) });
    const kept: Promise<unknown>[] = [];
    const world = product.ports.world;
    const body = JSON.stringify({ protocolId: signed.protocolId });
    const request = await signedRequest(
      `${PUBLIC_URL}/activities/renderProtocol`,
      { method: 'POST', body, headers: {} },
      parseKeys(world.settings.EDGE_KEYS),
      product.now,
    );
    const context = { waitUntil: (work: Promise<unknown>) => kept.push(work), passThroughOnException: () => undefined, props: {} };
    const edge = cabinet({ worldOf: () => world, now: () => product.now });
    void edge.fetch(request, bindings as unknown as Bindings, context as unknown as ExecutionContext);
    await asked.promise;

    answer.resolve();
    await Promise.all(kept);

    expect([quick.digests.length, await row()]).toEqual([1, expect.objectContaining({ protocol_id: signed.protocolId })]);
  });

  test('what it has signed is not signed again when the file could not be stored', async () => {
    const signer = service();
    product.signature = signer;
    const broken = { ...files, put: () => Promise.reject(new Error('R2 is away')) } as unknown as R2Bucket;
    await expect(renderProtocol(ports(), broken, { protocolId: signed.protocolId })).rejects.toThrow('R2 is away');

    expect(await render()).toEqual({ kind: 'rendered' });

    expect(signer.digests).toHaveLength(1);
  });

  test('its silence is a failure that is tried again, and says nothing of anybody', async () => {
    product.signature = service({ certificateOf: () => Promise.reject(new SignatureUnavailable(`no answer for ${MAKETOVA.familyName}`)) });
    const body = JSON.stringify({ protocolId: signed.protocolId });
    const keys = parseKeys(ports().world.settings.EDGE_KEYS);
    const request = await signedRequest(
      `${PUBLIC_URL}/activities/renderProtocol`,
      { method: 'POST', body, headers: {} },
      keys,
      product.now,
    );

    const answer = await product.request('/activities/renderProtocol', { method: 'POST', body, headers: request.headers });
    expect([answer.status, await answer.text()]).toEqual([503, '{"kind":"SignatureUnavailable"}']);
  });
});
