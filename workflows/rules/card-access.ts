// Who may read a medical card: the patient, whoever acts for a child, the treating doctor from the booking until thirty days after the end, later
// only with a written reason that the patient sees. Nobody else, whatever their role. The reads of worker/data ask D1 for these facts.

/** The treating doctor reads the card for so long after the end of the visit, ms. */
export const TREATING_MS = 30 * 86_400_000;
/** A written reason opens a card for so long, ms. */
export const REASON_MS = 12 * 3_600_000;

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
