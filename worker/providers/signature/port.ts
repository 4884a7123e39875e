// The port of the qualified signature: a service that keeps the doctors' certificates and signs what they have signed in the cabinet. It is shown a
// digest, never a document. The activity that renders a protocol asks.
import type { Certificate } from '../../documents/protocol-document.ts';

export interface SignaturePort {
  /** The certificate with which the service signs for this doctor now. Throws SignatureRefused when there is none that is valid. */
  certificateOf(doctorId: string, now: number): Promise<Certificate>;
  /** A detached CMS (DER) over content with this SHA-256, made with the certificate of this serial number. */
  sign(order: SignatureOrder): Promise<Uint8Array>;
}

export interface SignatureOrder {
  readonly doctorId: string;
  readonly serial: string;
  readonly sha256: Uint8Array;
}

/** Nobody answered, or too late: the same may be asked again. */
export class SignatureUnavailable extends Error {
  override readonly name = 'SignatureUnavailable';
}

/** The service answered that it will not sign, or with something that is no signature of ours. People put it right, so it is asked again, slowly. */
export class SignatureRefused extends Error {
  override readonly name = 'SignatureRefused';
}
