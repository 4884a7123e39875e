// A signing service over HTTP as in the Cloud Signature Consortium API v2: `credentials/info` and `signatures/signDoc`. The credential id
// is the doctor's id in the clinic. Answers are compared with the request before they are used. worker/world.ts creates it.
import { z } from 'zod';
import type { Certificate } from '../../documents/protocol-document.ts';
import { pauseOf, verdictOf } from '../errors.ts';
import { SIGNER_MS } from '../../../workflows/clocks.ts';
import { type SignaturePort, SignatureRefused, SignatureUnavailable } from './port.ts';

export interface SigningServiceSettings {
  /** With its version, for example https://signer.example/csc/v2. */
  readonly apiUrl: string;
  readonly apiKey: string;
}

const SHA256_OID = '2.16.840.1.101.3.4.2.1';

const infoSchema = z.object({
  cert: z.object({
    status: z.enum(['valid', 'expired', 'revoked', 'suspended']),
    subjectDN: z.string().min(1).max(500),
    serialNumber: z.string().regex(/^[0-9A-Fa-f]{2,64}$/),
    // GeneralizedTime, for example 20270601000000Z.
    validTo: z.string().regex(/^\d{14}Z$/),
  }),
});
const signedSchema = z.object({ SignatureObject: z.tuple([z.base64().min(1).max(40_000)]) });

/** `deadlineMs` limits one call. */
export function signingService({ apiUrl, apiKey }: SigningServiceSettings, deadlineMs = SIGNER_MS): SignaturePort {
  const asked = <T>(path: string, body: object, schema: z.ZodType<T>) => askedOf(`${apiUrl}/${path}`, apiKey, body, schema, deadlineMs);
  return {
    async certificateOf(doctorId, now) {
      const { cert } = await asked('credentials/info', { credentialID: doctorId, certificates: 'none', certInfo: true }, infoSchema);
      const validUntil = instantOf(cert.validTo);
      if (cert.status !== 'valid' || !(validUntil > now)) throw new SignatureRefused(`The certificate is ${cert.status}.`);
      return { owner: commonName(cert.subjectDN), serial: cert.serialNumber.toLowerCase(), validUntil } satisfies Certificate;
    },

    async sign({ doctorId, serial, sha256 }) {
      const digest = { hashes: [base64Of(sha256)], hashAlgorithmOID: SHA256_OID, signature_format: 'C', conformance_level: 'Ades-B-B' };
      const { SignatureObject } = await asked(
        'signatures/signDoc',
        { credentialID: doctorId, documentDigests: [digest], operationMode: 'S' },
        signedSchema,
      );
      const cms = bytesOf(SignatureObject[0]);
      // A CMS contains the digest and the certificate's serial number as they are. Without ours it signs something else.
      if (!holds(cms, sha256) || !holds(cms, hexBytesOf(serial))) throw new SignatureRefused('The signature is of something else.');
      return cms;
    },
  };
}

async function askedOf<T>(url: string, apiKey: string, body: object, schema: z.ZodType<T>, deadlineMs: number): Promise<T> {
  const response = await answered(url, apiKey, body, deadlineMs);
  if (!response.ok && verdictOf('signer', null, response.status) === 'passing')
    throw new SignatureUnavailable(`The service answered ${response.status}.`, pauseOf('passing', response.headers.get('retry-after')));
  if (!response.ok) throw new SignatureRefused(`The service answered ${response.status}.`);
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw new SignatureRefused('The answer has another form.');
  return parsed.data;
}

async function answered(url: string, apiKey: string, body: object, deadlineMs: number): Promise<Response> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual', signal });
  } catch {
    throw new SignatureUnavailable('The service did not answer.');
  }
}

const instantOf = (time: string): number => Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** «CN=Примеров Борис, O=…»: returns the name only. */
const commonName = (subject: string): string => /(?:^|,)\s*CN=([^,]+)/.exec(subject)?.[1]?.trim() ?? subject;

const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), character => character.charCodeAt(0));
const hexBytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16));

const holds = (bytes: Uint8Array, part: Uint8Array): boolean =>
  bytes.some((byte, i) => byte === part[0] && part.every((other, k) => bytes[i + k] === other));
