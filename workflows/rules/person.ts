// People: their roles, what pages know about the viewer, and how a patient's name is written.

export type Role = 'patient' | 'doctor' | 'frontDesk' | 'finance' | 'support' | 'owner';

export interface Viewer {
  readonly id: string;
  /** Empty for somebody who has one name only. */
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string | null;
  readonly birthDate: string | null;
  readonly email: string | null;
  /** Masked, as «•••-•••-••6 06»; null when unknown. */
  readonly snilsMasked: string | null;
  readonly roles: readonly Role[];
  /** The identity is confirmed: by a confirmed Gosuslugi account, or in person by the front desk. */
  readonly identified: boolean;
  /** Number of consents that are not signed in their current version. */
  readonly missingConsents: number;
  readonly upcoming: number;
  /** The visit to which the session is limited, because it was opened on another device; absent or null for one's own. */
  readonly onlyVisit?: string | null;
}

export interface PatientName {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string | null;
}

type Named = Pick<PatientName, 'givenName' | 'familyName'>;

/** «Анна Тестова»; «Лхамо» for somebody who has one name only. */
export const fullNameOf = ({ givenName, familyName }: Named): string => `${givenName} ${familyName}`.trim();

/** «Анна Т.»: enough for the owner to recognise, little for a person who sees the screen. */
export const shortNameOf = ({ givenName, familyName }: Named): string =>
  familyName === '' ? givenName : `${givenName} ${[...familyName][0]}.`;
