// X.509 certificates with P-256 keys, by PKI.js: the authority's own and those it issues for signing documents. Called by authority.ts.
import { BitString, Integer, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, BasicConstraints, Certificate, CryptoEngine, Extension, setEngine } from 'pkijs';

setEngine('node', new CryptoEngine({ name: 'node', crypto: globalThis.crypto }));

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Certificate and PKCS #8 in base64, the serial number in hex. */
export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
  readonly serial: string;
  readonly validUntil: number;
}

const DAY = 86_400_000;
const YEAR = 365 * DAY;
const [COMMON_NAME, BASIC_CONSTRAINTS, KEY_USAGE] = ['2.5.4.3', '2.5.29.19', '2.5.29.15'];
// Bits of KeyUsage from the left: digitalSignature and nonRepudiation; keyCertSign and cRLSign.
const [SIGNS_DOCUMENTS, SIGNS_CERTIFICATES] = [
  { bits: 0xc0, unused: 6 },
  { bits: 0x06, unused: 1 },
] as const;

export const isSoonOver = (validUntil: number, now: number): boolean => validUntil < now + 30 * DAY;

/** Issues a certificate signed by `by`, or self-signed when `by` is null. `now` is ms. */
export async function issue(name: string, by: Issued | null, now: number): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const certificate = new Certificate();
  certificate.version = 2;
  // Positive, sixteen bytes, unique.
  const serial = Buffer.from(crypto.getRandomValues(new Uint8Array(16)).with(0, 0x01)).toString('hex');
  certificate.serialNumber = new Integer({ valueHex: Uint8Array.from(Buffer.from(serial, 'hex')).buffer });
  certificate.notBefore.value = new Date(now - DAY);
  certificate.notAfter.value = new Date(now + (by === null ? 5 * YEAR : YEAR));
  certificate.subject.typesAndValues.push(named(name));
  certificate.issuer = by === null ? certificate.subject : Certificate.fromBER(bytesOf(by.certificate)).subject;
  certificate.extensions = extensionsOf(by === null);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(by === null ? keys.privateKey : await privateKeyOf(by), 'SHA-256');
  return {
    certificate: base64(certificate.toSchema(true).toBER()),
    privateKey: base64(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    serial,
    validUntil: certificate.notAfter.value.getTime(),
  };
}

export const privateKeyOf = ({ privateKey }: Issued): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', bytesOf(privateKey), CURVE, false, ['sign']);

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'base64'));
const base64 = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64');

export const pemOf = (certificate: string): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;

const named = (name: string) => new AttributeTypeAndValue({ type: COMMON_NAME, value: new Utf8String({ value: name }) });

function extensionsOf(isAuthority: boolean): Extension[] {
  const { bits, unused } = isAuthority ? SIGNS_CERTIFICATES : SIGNS_DOCUMENTS;
  const usage = new BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits: unused });
  const constraints = new BasicConstraints({ cA: isAuthority });
  return [
    new Extension({ extnID: BASIC_CONSTRAINTS, critical: true, extnValue: constraints.toSchema().toBER() }),
    new Extension({ extnID: KEY_USAGE, critical: true, extnValue: usage.toBER() }),
  ];
}
