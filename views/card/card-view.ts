// The data of the medical card's pages: plain values that routes pass.
import type { FileMistake } from '../../workflows/rules/file-contents.ts';
import type { TextField } from '../../workflows/rules/protocol.ts';
import type { Relation } from '../../workflows/rules/card-access.ts';
import type { CardDoctor, CardEntry, EntryKind } from '../../workflows/rules/card.ts';

export interface CardFilter {
  readonly kind: EntryKind | null;
  readonly year: number | null;
  readonly doctorId: string | null;
  readonly query: string;
}

/** A protocol that was found, and the place in it. `pieces` alternate: every second one is a found word. */
export interface Found {
  readonly id: string;
  readonly at: number;
  readonly doctor: CardDoctor;
  readonly field: SearchField;
  readonly pieces: readonly string[];
}

export type SearchField = TextField | 'diagnosis' | 'inPerson' | 'questionnaire';

/** Whose card it is and for whom it is drawn. */
export interface CardOwner {
  readonly patientId: string;
  readonly name: string;
  readonly birthDate: string | null;
  readonly relation: Relation;
  /** The consultation of the doctor who opened the card; null for the patient. */
  readonly visitId: string | null;
}

interface CardProfile {
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
  /** The result of an upload without script. */
  readonly upload: UploadEnd | null;
}

export type UploadMistake = FileMistake | 'cardIsFull' | 'enoughToday';
export type UploadEnd = UploadMistake | 'kept';
