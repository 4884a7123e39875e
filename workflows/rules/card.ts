// The medical card: its entries, a protocol as its readers see it, and the journal of who read what. Instants are ms.
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

/** One line of the card. `at` is when it came there; of a protocol, when the visit was. */
export type CardEntry =
  | {
      readonly kind: 'protocol';
      readonly id: string;
      readonly at: number;
      readonly doctor: CardDoctor;
      readonly version: number;
      readonly publishedAt: number;
      /** What the recommendations begin with. */
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
  /** No visit in person stood on record on the day: the law keeps diagnosis and prescription closed. */
  readonly isLocked: boolean;
  readonly pdf: PdfFacts | null;
  /** Every version of this visit, the first one first. */
  readonly versions: readonly { readonly id: string; readonly version: number; readonly publishedAt: number }[];
}

export interface PdfFacts {
  readonly bytes: number;
  /** Whose qualified signature stands in it; null when it was signed in the cabinet. */
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
  /** When the visit of the protocol was. */
  readonly visitAt: number | null;
  readonly fileName: string | null;
  readonly reason: string | null;
}
