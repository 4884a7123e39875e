// What anybody can see with the code printed on a protocol; nothing about the patient. Read by worker/data/verifications.ts for «/verify».
// Instants are ms.
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
  /** Null until the PDF is made. */
  readonly file: { readonly hash: string; readonly bytes: number; readonly signedBy: string | null } | null;
  /** When the latest amendment after this version was signed, ms; null when there is none. */
  readonly amendedAt: number | null;
}
