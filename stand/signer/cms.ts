// A detached CMS over a digest (RFC 5652) with the attributes that PAdES requires to be signed (ETSI EN 319 142-1, 6.3): the digest and the
// certificate, without a signing time. Called by api.ts.
import { ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { bytesOf, type Issued, privateKeyOf } from './certificates.ts';

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

export async function signDigest(credential: Issued, sha256: Uint8Array<ArrayBuffer>): Promise<Buffer> {
  const der = bytesOf(credential.certificate);
  const certificate = Certificate.fromBER(der);
  const certificateHash = await crypto.subtle.digest('SHA-256', der);
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: '2.16.840.1.101.3.4.2.1' }),
    signedAttrs: new SignedAndUnsignedAttributes({
      type: 0,
      attributes: [
        new Attribute({ type: CONTENT_TYPE, values: [new ObjectIdentifier({ value: DATA })] }),
        new Attribute({ type: MESSAGE_DIGEST, values: [new OctetString({ valueHex: sha256.buffer })] }),
        new Attribute({ type: SIGNING_CERTIFICATE_V2, values: [essCertificate(certificateHash)] }),
      ],
    }),
  });
  const signed = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: DATA }),
    signerInfos: [signer],
    certificates: [certificate],
  });
  await signed.sign(await privateKeyOf(credential), 0, 'SHA-256');
  return Buffer.from(new ContentInfo({ contentType: SIGNED_DATA, content: signed.toSchema(true) }).toSchema().toBER());
}

/** ESSCertIDv2 with its default algorithm, SHA-256 (RFC 5035). */
const essCertificate = (hash: ArrayBuffer): Sequence => {
  const id = new Sequence({ value: [new OctetString({ valueHex: hash })] });
  return new Sequence({ value: [new Sequence({ value: [id] })] });
};
