// What every page is drawn with: the frame around it, the clinic, the viewer, doctors. Plain values that a route hands over. Instants are ms, sums minor units.
import type { OpenDoor } from './room/room-view.ts';

export type Lang = 'ru' | 'en';

export type Bilingual = { readonly ru: string; readonly en: string };

export interface Clinic {
  readonly name: Bilingual;
  readonly legalName: string;
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  /** IANA zone of the clinic's clock. */
  readonly zone: string;
  readonly holdMinutes: number;
  readonly leadMinutes: number;
  readonly waitingMinutes: number;
  readonly joinMinutes: number;
  readonly freeHours: number;
  readonly keptPercent: number;
}

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

/** What the layout needs on every page. */
export interface Frame {
  readonly lang: Lang;
  /** Path and query of this page; the language link comes back to it. */
  readonly path: string;
  readonly nonce: string;
  readonly now: number;
  readonly clinic: Clinic;
  /** The viewer's own IANA zone, told by the browser; null means the clinic's. */
  readonly zone: string | null;
  readonly viewer: Viewer | null;
  readonly assets: {
    readonly style: string;
    readonly main: string;
    readonly htmx: string;
    readonly room: string;
    readonly check: string;
    readonly protocol: string;
  };
  /** The visit whose door is open for the viewer, for the strip on every page; none when absent. */
  readonly openDoor?: OpenDoor | null;
  /** Set on a developer's machine: the page reloads itself when the code changed. */
  readonly liveReload: boolean;
}

export interface Specialty {
  readonly id: string;
  readonly name: Bilingual;
}

export interface Doctor {
  readonly id: string;
  readonly familyName: Bilingual;
  readonly givenName: Bilingual;
  readonly specialty: Specialty;
  /** «высшая категория, стаж 18 лет» */
  readonly experience: Bilingual;
  readonly registryId: string;
  readonly patients: Bilingual;
  readonly languages: Bilingual;
  readonly onDuty: boolean;
  readonly durationMinutes: number;
  readonly priceMinor: number;
}

/** One mistake in a form: the field's name and a key of the words. */
export interface FieldError {
  readonly field: string;
  readonly error: string;
}
