// The data of a protocol for its doctor, with everything that may be inserted into it. Instants are ms, dates are clinic dates
// (YYYY-MM-DD).
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Draft, Flaw, VisitMistake, ProtocolTemplate, QuickPhrase } from '../../workflows/rules/protocol-draft.ts';
import type { Guard, InPersonRecord } from '../../workflows/rules/protocol.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';
import type { Answered } from '../../workflows/rules/questionnaire.ts';
import type { CardEntry } from '../../workflows/rules/card.ts';

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

/** The data of the editor: the text, what the law requires, and the templates and phrases of the doctor. */
export interface EditorView {
  readonly visit: ProtocolVisit;
  /** The number of the version that signing will make; 1 is the first, the others amend it. */
  readonly round: number;
  /** The save that the text is based on, 0 when there is none, and its time. */
  readonly version: number;
  readonly savedAt: number | null;
  readonly draft: Draft;
  readonly guard: Guard;
  readonly records: readonly InPersonRecord[];
  readonly pastSaves: readonly { readonly version: number; readonly at: number }[];
  readonly templates: readonly ProtocolTemplate[];
  readonly phrases: readonly QuickPhrase[];
  readonly answered: Answered | null;
  /** The latest entries of the patient's card. */
  readonly fromCard: readonly CardEntry[];
  readonly flaws: readonly Flaw[];
  /** The text that another tab has saved meanwhile. */
  readonly clash: { readonly draft: Draft; readonly at: number | null } | null;
  readonly visitMistake: VisitMistake | null;
  /** The visit took place and is over. */
  readonly maySign: boolean;
}
