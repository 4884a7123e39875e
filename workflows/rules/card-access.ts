// Who may read a medical card: the patient, the guardian of a child, and the treating doctor from the booking until 30 days after the end.
// Later the doctor needs a written reason, which the patient sees. No other role gives access. worker/data/card-reader.ts reads the facts
// from D1.

/** How long after the end of the visit the treating doctor may read the card, ms. */
export const TREATING_MS = 30 * 86_400_000;
/** How long a written reason gives access to the card, ms. */
export const REASON_MS = 12 * 3_600_000;

/**
 * Repeated views of the same thing by one reader within this time are one line of «Кто смотрел», ms. Each opening and each download of a
 * protocol is a line of its own.
 */
export const SAME_LOOK_MS = 10 * 60_000;
/** Length of a written reason, characters. */
export const REASON_CHARACTERS = { least: 10, most: 500 } as const;

/** Whether a guardian may act now: from the instant the clinic recorded until the end, when there is one. */
export const actsFor = (guardian: { readonly since: number; readonly until: number | null }, now: number): boolean =>
  guardian.since <= now && (guardian.until === null || now < guardian.until);

/** Whether a written reason has an allowed length; spaces around it are not counted. */
export function isReason(reason: string): boolean {
  const { length } = [...reason.trim()];
  return length >= REASON_CHARACTERS.least && length <= REASON_CHARACTERS.most;
}

export type Relation = 'self' | 'guardian' | 'treating' | 'reason';

export interface CardFacts {
  readonly isPatient: boolean;
  /** May act for this patient now. */
  readonly isGuardian: boolean;
  /**
   * The reader's own consultations with this patient that were paid and not cancelled. `endedAt` is the doctor's conclusion, null when
   * there is none.
   */
  readonly visits: readonly { readonly endsAt: number; readonly endedAt: number | null }[];
  /** Until when the reader's latest written reason is valid, ms; null without one. */
  readonly reasonUntil: number | null;
}

export type CardAccess =
  | { readonly kind: 'open'; readonly relation: Relation }
  /** Has treated this patient; a written reason is needed to open the card. */
  | { readonly kind: 'needsReason' }
  | { readonly kind: 'none' };

export function cardAccess(facts: CardFacts, now: number): CardAccess {
  if (facts.isPatient) return { kind: 'open', relation: 'self' };
  if (facts.isGuardian) return { kind: 'open', relation: 'guardian' };
  if (facts.visits.some(visit => now < (visit.endedAt ?? visit.endsAt) + TREATING_MS)) return { kind: 'open', relation: 'treating' };
  if (facts.visits.length === 0) return { kind: 'none' };
  return facts.reasonUntil !== null && now < facts.reasonUntil ? { kind: 'open', relation: 'reason' } : { kind: 'needsReason' };
}
