// The identity port: who a person is, by somebody who has seen their passport. The only adapter speaks OpenID Connect to a Gosuslugi gateway.

/** What an identity provider tells of a person; only verified addresses and phones. */
export interface ProvenPerson {
  readonly subject: string;
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

/** What the browser keeps, sealed, between leaving for the provider and coming back. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type Return =
  | { readonly kind: 'person'; readonly person: ProvenPerson }
  /** The person said no there. */
  | { readonly kind: 'refused' }
  /** The return does not belong to this departure, or its code is spent: begin again. */
  | { readonly kind: 'stale' };

export interface IdentityPort {
  /** Where to send the browser. Throws IdentityUnavailable. */
  depart(departure: Departure, redirectUri: string): Promise<URL>;
  /** Reads the return address and asks the provider. Throws IdentityUnavailable when it does not answer. */
  arrive(url: URL, departure: Departure, redirectUri: string): Promise<Return>;
}

export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
}
