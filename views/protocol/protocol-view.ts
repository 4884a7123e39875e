// A protocol as its doctor writes and reads it, with everything that it may begin from. Instants are ms, dates are clinic dates (YYYY-MM-DD).
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
