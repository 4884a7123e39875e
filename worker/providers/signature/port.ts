// The port for qualified signatures: a service stores the doctors' certificates and signs what they have signed in the cabinet. It receives
// a digest, never a document. Called by worker/protocol/render.ts.
import { Unavailable } from '../errors.ts';
import type { Certificate } from '../../documents/protocol-document.ts';

export interface SignaturePort {
  /** The doctor's current certificate. Throws SignatureRefused when there is no valid one, SignatureUnavailable without an answer. */
  certificateOf(doctorId: string, now: number): Promise<Certificate>;
  /**
   * Returns a detached CMS (DER) for content with this SHA-256, made with the certificate of this serial number. Throws the same errors.
   */
  sign(order: SignatureOrder): Promise<Uint8Array>;
}

export interface SignatureOrder {
  readonly doctorId: string;
  readonly serial: string;
  readonly sha256: Uint8Array;
}

/** No answer in time; the same request may be repeated. */
export class SignatureUnavailable extends Unavailable {
  override readonly name = 'SignatureUnavailable';
}

/** The service refused, or its answer is not a signature of this content. People must fix it, so the activity is retried slowly. */
export class SignatureRefused extends Error {
  override readonly name = 'SignatureRefused';
}
