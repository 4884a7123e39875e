// People: the roles they hold, what the pages know of the one who reads them, and how a patient is named.

export type Role = 'patient' | 'doctor' | 'frontDesk' | 'finance' | 'support' | 'owner';

export interface Viewer {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string | null;
  readonly birthDate: string | null;
  readonly email: string | null;
  /** Shown masked, as «•••-•••-••6 06»; null when unknown. */
  readonly snilsMasked: string | null;
  readonly roles: readonly Role[];
  /** Identified by a confirmed Gosuslugi account, or in person by the front desk. */
  readonly identified: boolean;
  /** Consents of the current versions that are not signed. */
  readonly missingConsents: number;
  readonly upcoming: number;
}

export interface PatientName {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string | null;
}

/** «Анна Тестова». */
export const fullNameOf = ({ givenName, familyName }: PatientName): string => `${givenName} ${familyName}`;
