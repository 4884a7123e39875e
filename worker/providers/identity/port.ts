// The identity port: a provider that has verified the person's identity with a passport. The only adapter uses OpenID Connect with a
// Gosuslugi gateway (gosuslugi.ts). Called by worker/routes/public/sign-in.tsx.

/** A person as an identity provider returns it; address and phone only when verified. */
export interface ProvenPerson {
  readonly subject: string;
  /** Empty for somebody who has one name only. */
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string | null;
  /** YYYY-MM-DD */
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly snils: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly confirmed: boolean;
}

/** What the browser stores, sealed, between leaving for the provider and returning. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type Return =
  | { readonly kind: 'person'; readonly person: ProvenPerson }
  /** The person refused at the provider. */
  | { readonly kind: 'refused' }
  /** The provider returned no name. */
  | { readonly kind: 'nameless' }
  /** The return does not belong to this departure, or its code was used: sign-in must start again. */
  | { readonly kind: 'stale' };

export interface IdentityPort {
  /** The address for the browser. Throws IdentityUnavailable. */
  depart(departure: Departure, redirectUri: string): Promise<URL>;
  /** Verifies the return address and fetches the person. Throws IdentityUnavailable when the provider does not answer. */
  arrive(url: URL, departure: Departure, redirectUri: string): Promise<Return>;
}

export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
  /** It was asked and did not answer in time. */
  readonly isSlow: boolean;
  constructor(message: string, isSlow = false) {
    super(message);
    this.isSlow = isSlow;
  }
}
