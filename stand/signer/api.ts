// The part of the signing service's API that the cabinet uses, in the form of the Cloud Signature Consortium's v2; requests are checked
// strictly. Mounted by signer.ts.
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { Faults } from '../faults.ts';
import type { Authority } from './authority.ts';
import { signDigest } from './cms.ts';

const info = z.strictObject({ credentialID: z.string(), certificates: z.enum(['none']), certInfo: z.literal(true) });
const order = z.strictObject({
  credentialID: z.string(),
  operationMode: z.literal('S'),
  documentDigests: z.tuple([
    z.strictObject({
      hashes: z.tuple([z.base64().length(44)]),
      hashAlgorithmOID: z.literal('2.16.840.1.101.3.4.2.1'),
      signature_format: z.literal('C'),
      conformance_level: z.literal('Ades-B-B'),
    }),
  ]),
});

export function apiRoutes(authority: Authority, faults: Faults, apiKey: string, now: () => number, signed: (serial: string) => void): Hono {
  const api = new Hono();
  const credentialOf = (id: string) => authority.credentials.find(credential => credential.id === id);

  api.use('*', async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${apiKey}`) return no(c, 401, 'invalid_token', 'The access token is not valid.');
    const operation = c.req.path.endsWith('signDoc') ? 'sign' : 'info';
    await faults.pause(operation);
    const fault = faults.take('error', operation);
    if (fault !== undefined) return no(c, fault.status, 'server_error', 'A fault of the stand.');
    await next();
  });

  api.post('/credentials/info', async c => {
    const asked = info.safeParse(await jsonOf(c));
    if (!asked.success) return no(c, 400, 'invalid_request', z.prettifyError(asked.error));
    const credential = credentialOf(asked.data.credentialID);
    if (credential === undefined) return no(c, 400, 'invalid_request', 'Invalid parameter credentialID');
    const status = credential.validUntil > now() ? 'valid' : 'expired';
    const validTo = new Date(credential.validUntil).toISOString().replace(/\.\d+|[-T:]/g, '');
    return c.json({ cert: { status, subjectDN: `CN=${credential.owner}`, serialNumber: credential.serial, validTo } });
  });

  api.post('/signatures/signDoc', async c => {
    const asked = order.safeParse(await jsonOf(c));
    if (!asked.success) return no(c, 400, 'invalid_request', z.prettifyError(asked.error));
    const credential = credentialOf(asked.data.credentialID);
    if (credential === undefined) return no(c, 400, 'invalid_request', 'Invalid parameter credentialID');
    const cms = await signDigest(credential, Uint8Array.from(Buffer.from(asked.data.documentDigests[0].hashes[0], 'base64')));
    signed(credential.serial);
    const lost = faults.take('error', 'sign-after');
    if (lost !== undefined) return no(c, lost.status, 'server_error', 'It was signed, but you do not know it.');
    return c.json({ SignatureObject: [cms.toString('base64')] });
  });
  return api;
}

const jsonOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);

// A fault's status can be any number, which hono's list of literal types does not allow.
const no = (c: Context, status: number, error: string, description: string) =>
  c.json({ error, error_description: description }, status as ContentfulStatusCode);
