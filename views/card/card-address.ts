// Addresses of a card for its reader: the patient's own, a child's, or under the desk of a doctor's visit.
import type { CardFilter, CardOwner } from './card-view.ts';

/** The address of this owner's card for this reader. */
export function cardAddress(owner: CardOwner, filter: Partial<CardFilter> = {}, before: string | null = null): string {
  const query = new URLSearchParams();
  if (owner.relation === 'guardian') query.set('person', owner.patientId);
  if (filter.kind) query.set('kind', filter.kind);
  if (filter.year) query.set('year', String(filter.year));
  if (filter.doctorId) query.set('doctor', filter.doctorId);
  if (before !== null) query.set('before', before);
  const base = isOwn(owner) ? '/card' : `/desk/consultations/${owner.visitId}/card`;
  return query.size === 0 ? base : `${base}?${query}`;
}

/** True for the patient and for a child's guardian: they may add files, download the card and see who viewed it. */
export const isOwn = ({ relation }: Pick<CardOwner, 'relation'>): boolean => relation === 'self' || relation === 'guardian';
