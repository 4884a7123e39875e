// What the code on a printed protocol tells anybody who has it; nothing about the patient. Instants are ms.
import type { Bilingual } from './lang.ts';

export interface Verified {
  readonly version: number;
  readonly signedAt: number;
  readonly doctor: {
    readonly familyName: Bilingual;
    readonly givenName: Bilingual;
    readonly specialty: Bilingual;
    readonly registryId: string;
  };
  readonly contentHash: string;
  /** Null while the file is being made. */
  readonly file: { readonly hash: string; readonly bytes: number; readonly signedBy: string | null } | null;
  /** When the last amendment after this version was signed; null when this is the last word. */
  readonly amendedAt: number | null;
}
