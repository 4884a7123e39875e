// Types of the medical card: its entries, a protocol as its readers see it, and the journal of who read what. Used by worker/data and the
// pages of the card. Instants are ms.
import type { SignedProtocol } from './protocol.ts';
import type { FileKind } from './card-files.ts';
import type { FileType } from './file.ts';
import type { Bilingual } from './lang.ts';

export interface CardDoctor {
  readonly id: string;
  readonly familyName: Bilingual;
  readonly givenName: Bilingual;
  readonly specialty: Bilingual;
}

/** One entry of the card. `at` is when it was added; for a protocol, when the visit started. */
export type CardEntry =
  | {
      readonly kind: 'protocol';
      readonly id: string;
      readonly at: number;
      readonly doctor: CardDoctor;
      readonly version: number;
      readonly publishedAt: number;
      /** The first 160 characters of the recommendations. */
      readonly begins: string;
    }
  | ({ readonly kind: 'file'; readonly doctor: CardDoctor; readonly fromDoctor: boolean } & FileFacts)
  | ({ readonly kind: 'upload'; readonly is: FileKind } & FileFacts);

export interface FileFacts {
  readonly id: string;
  readonly at: number;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
}

export type EntryKind = CardEntry['kind'];

export interface PaperView extends SignedProtocol {
  readonly publishedAt: number;
  readonly doctor: CardDoctor;
  readonly startsAt: number;
  readonly endsAt: number;
  /**
   * The law forbade a diagnosis and a prescription: no in-person visit up to the day of the consultation was on record when it was signed.
   */
  readonly isLocked: boolean;
  readonly pdf: PdfFacts | null;
  /** Every version of this visit's protocol, oldest first. */
  readonly versions: readonly { readonly id: string; readonly version: number; readonly publishedAt: number }[];
}

export interface PdfFacts {
  readonly bytes: number;
  /** Who made the qualified signature inside the file; null when the protocol was signed in the cabinet only. */
  readonly signedBy: string | null;
}

/** One line of «Кто смотрел мою карту». */
export interface AccessEntry {
  readonly id: string;
  readonly at: number;
  readonly act: 'card' | 'protocol' | 'download' | 'file' | 'archive' | 'reason';
  readonly who: string;
  readonly role: 'doctor' | 'guardian' | 'patient';
  readonly isFemale: boolean;
  /** Start of the protocol's visit, ms. */
  readonly visitAt: number | null;
  readonly fileName: string | null;
  readonly reason: string | null;
}
