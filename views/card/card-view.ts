// What the pages of the medical card are drawn from: plain values that routes hand over.
import type { SignedProtocol } from '../protocol/protocol-view.ts';
import type { TextField } from '../../workflows/rules/protocol.ts';
import type { Relation } from '../../workflows/rules/card-access.ts';
import type { FileKind } from '../../workflows/rules/card-files.ts';
import type { Bilingual } from '../model.ts';

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
  readonly type: 'image/jpeg' | 'image/png' | 'application/pdf';
  readonly bytes: number;
}

export type EntryKind = CardEntry['kind'];

export interface CardFilter {
  readonly kind: EntryKind | null;
  readonly year: number | null;
  readonly doctorId: string | null;
  readonly query: string;
}

/** A protocol that was found, with where in it: the sentence's words by turns, every second one found. */
export interface Found {
  readonly id: string;
  readonly at: number;
  readonly doctor: CardDoctor;
  readonly field: SearchField;
  readonly pieces: readonly string[];
}

export type SearchField = TextField | 'diagnosis' | 'inPerson' | 'questionnaire';

/** Whose card it is and in whose frame it is drawn. */
export interface CardOwner {
  readonly patientId: string;
  readonly name: string;
  readonly birthDate: string | null;
  readonly relation: Relation;
  /** The doctor's visit, whose desk the card belongs to; null for the patient. */
  readonly visitId: string | null;
}

export interface CardProfile {
  readonly id: string;
  readonly name: string;
}

export interface CardView {
  readonly owner: CardOwner;
  /** Children whom the viewer acts for. */
  readonly profiles: readonly CardProfile[];
  readonly filter: CardFilter;
  readonly counts: Readonly<Record<EntryKind, number>>;
  readonly years: readonly number[];
  readonly doctors: readonly CardDoctor[];
  readonly entries: readonly CardEntry[];
  /** Value of `?before=` for the next page; null on the last. */
  readonly before: string | null;
  /** What a search found; null when nothing was searched for. */
  readonly found: readonly Found[] | null;
  /** A file that was removed just now and may come back. */
  readonly removed: { readonly id: string; readonly name: string } | null;
  /** What became of an upload without script. */
  readonly upload: UploadEnd | null;
}

export type UploadMistake = 'empty' | 'tooLarge' | 'type' | 'cardIsFull' | 'enoughToday';
export type UploadEnd = UploadMistake | 'kept';

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
