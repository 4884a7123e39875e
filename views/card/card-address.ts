// Addresses of a card for its reader: the patient's own, a child's, or behind the desk of a doctor's visit.
import type { CardFilter, CardOwner } from './card-view.ts';

/** Where the card of this owner stands for this reader. */
export function cardAddress(owner: CardOwner, filter: Partial<CardFilter> = {}, before: string | null = null): string {
  const query = new URLSearchParams();
  if (owner.relation === 'guardian') query.set('person', owner.patientId);
  if (filter.kind) query.set('kind', filter.kind);
  if (filter.year) query.set('year', String(filter.year));
  if (filter.doctorId) query.set('doctor', filter.doctorId);
  if (filter.query) query.set('q', filter.query);
  if (before !== null) query.set('before', before);
  const base = isOwn(owner) ? '/card' : `/desk/consultations/${owner.visitId}/card`;
  return query.size === 0 ? base : `${base}?${query}`;
}

/** The patient or whoever acts for a child: the card is theirs to fill, to take away and to ask who looked. */
export const isOwn = ({ relation }: Pick<CardOwner, 'relation'>): boolean => relation === 'self' || relation === 'guardian';
