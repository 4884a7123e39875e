// A protocol as its doctor writes and reads it, with everything that it may begin from. Instants are ms, dates are clinic dates (YYYY-MM-DD).
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Draft, Flaw, TemplateBody, VisitMistake } from '../../workflows/rules/protocol-draft.ts';
import type { Guard, ProtocolContent, TextField } from '../../workflows/rules/protocol.ts';
import type { CardEntry } from '../card/card-view.ts';
import type { Bilingual, Doctor } from '../model.ts';

/** A visit in person as the clinic has it on record. */
export interface InPersonRecord {
  /** Clinic's date, YYYY-MM-DD. */
  readonly visitedOn: string;
  readonly enteredAt: number;
  readonly enteredBy: string;
  readonly doctor: Bilingual;
}

/** What a doctor may begin from. */
export interface ProtocolTemplate {
  readonly id: string;
  readonly name: string;
  /** The doctor's own, not the specialty's. */
  readonly isOwn: boolean;
  readonly body: TemplateBody;
}

export interface QuickPhrase {
  readonly id: string;
  readonly field: TextField;
  readonly text: string;
}

/** What a patient is asked before the visit. */
export interface Question {
  readonly id: string;
  readonly ru: string;
  readonly en: string;
}

/** What was answered, with the questions as they were then. */
export interface Answered {
  readonly version: number;
  readonly at: number;
  readonly answers: readonly (Question & { readonly answer: string })[];
}

/** One signed version of a protocol, as its doctor reads it. */
export interface SignedProtocol {
  readonly id: string;
  readonly version: number;
  /** Why it amends the version before; null for the first. */
  readonly reason: string | null;
  readonly content: ProtocolContent;
  readonly questionnaire: readonly { readonly question: string; readonly answer: string }[];
  readonly contentHash: string;
  readonly verifyCode: string;
  readonly signedAt: number;
}

/** The visit that a protocol is about. */
export interface ProtocolVisit {
  readonly consultationId: string;
  /** «Анна Тестова»: given and family name. */
  readonly patientName: string;
  readonly patientBirthDate: string | null;
  readonly doctor: Doctor;
  readonly slot: Interval;
  readonly concludedAt: number | null;
}

/** The editor of a protocol: what is written, what the law says of it, and what its doctor may begin from. */
export interface EditorView {
  readonly visit: ProtocolVisit;
  /** Which version it will become; 1 is the first, the others amend. */
  readonly round: number;
  /** The save that the text stands on, 0 when there is none, and when that was. */
  readonly version: number;
  readonly savedAt: number | null;
  readonly draft: Draft;
  readonly guard: Guard;
  readonly records: readonly InPersonRecord[];
  readonly pastSaves: readonly { readonly version: number; readonly at: number }[];
  readonly templates: readonly ProtocolTemplate[];
  readonly phrases: readonly QuickPhrase[];
  readonly answered: Answered | null;
  /** The latest of the patient's card. */
  readonly fromCard: readonly CardEntry[];
  readonly flaws: readonly Flaw[];
  /** What another tab has saved meanwhile. */
  readonly clash: { readonly draft: Draft; readonly at: number | null } | null;
  readonly visitMistake: VisitMistake | null;
  /** The visit took place and is over. */
  readonly maySign: boolean;
}
