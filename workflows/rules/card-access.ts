// Who may read a medical card: the patient, whoever acts for a child, the treating doctor from the booking until thirty days after the end, later
// only with a written reason that the patient sees. Nobody else, whatever their role. The reads of worker/data ask D1 for these facts.

/** The treating doctor reads the card for so long after the end of the visit, ms. */
export const TREATING_MS = 30 * 86_400_000;
/** A written reason opens a card for so long, ms. */
export const REASON_MS = 12 * 3_600_000;

/** Looks of one reader at the same thing within so long are one line of «Кто смотрел»; openings and downloads of a protocol are a line each, ms. */
export const SAME_LOOK_MS = 10 * 60_000;
/** Characters of a written reason. */
export const REASON_CHARACTERS = { least: 10, most: 500 } as const;

/** A guardian acts from the clinic's word on, until it ends, if it does. */
export const actsFor = (guardian: { readonly since: number; readonly until: number | null }, now: number): boolean =>
  guardian.since <= now && (guardian.until === null || now < guardian.until);

/** Whether a written reason is long enough to say something and short enough to be read; spaces around it do not count. */
export function isReason(reason: string): boolean {
  const { length } = [...reason.trim()];
  return length >= REASON_CHARACTERS.least && length <= REASON_CHARACTERS.most;
}

export type Relation = 'self' | 'guardian' | 'treating' | 'reason';

export interface CardFacts {
  readonly isPatient: boolean;
  /** Acts for this patient now. */
  readonly isGuardian: boolean;
  /** The reader's own consultations with this patient that were paid and not cancelled; `endedAt` is the doctor's last word, null while there is none. */
  readonly visits: readonly { readonly endsAt: number; readonly endedAt: number | null }[];
  /** Until when the reader's latest written reason holds; null without one. */
  readonly reasonUntil: number | null;
}

export type CardAccess =
  | { readonly kind: 'open'; readonly relation: Relation }
  /** Has treated this patient: a written reason opens the card. */
  | { readonly kind: 'needsReason' }
  | { readonly kind: 'none' };

export function cardAccess(facts: CardFacts, now: number): CardAccess {
  if (facts.isPatient) return { kind: 'open', relation: 'self' };
  if (facts.isGuardian) return { kind: 'open', relation: 'guardian' };
  if (facts.visits.some(visit => now < (visit.endedAt ?? visit.endsAt) + TREATING_MS)) return { kind: 'open', relation: 'treating' };
  if (facts.visits.length === 0) return { kind: 'none' };
  return facts.reasonUntil !== null && now < facts.reasonUntil ? { kind: 'open', relation: 'reason' } : { kind: 'needsReason' };
}
