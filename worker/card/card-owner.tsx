// A card's owner as its pages show one, and the answer for a reader whom the rule does not let in. The routes of the card ask.
import type { Context } from 'hono';
import { ReasonPage } from '../../views/index.ts';
import type { CardOwner } from '../../views/card/card-view.ts';
import type { CardReader } from '../data/card-reader.ts';
import type { HonoEnv } from '../world.ts';
import { drawn, type Seen, stranger } from '../http/page.tsx';
import { fullNameOf } from '../../workflows/rules/person.ts';

type C = Context<HonoEnv>;

export type Reading =
  | { readonly kind: 'reads'; readonly owner: CardOwner; readonly reader: CardReader }
  | { readonly kind: 'refused'; readonly answer: Response };

/** Lets a reader in, asks a doctor of long ago for a reason, and tells everybody else that there is no such page. */
export function readingOf(c: C, seen: Seen, reader: CardReader | null): Reading {
  if (reader === null || reader.access.kind === 'none') return { kind: 'refused', answer: stranger(c, seen) };
  if (reader.access.kind === 'needsReason') return { kind: 'refused', answer: asksReason(c, seen, reader, null) };
  return { kind: 'reads', reader, owner: { ...namedOf(reader), relation: reader.access.relation } };
}

/** Only the patient and whoever acts for a child: filling the card, taking it away, asking who looked. */
export function ownReadingOf(c: C, seen: Seen, reader: CardReader | null): Reading {
  const reading = readingOf(c, seen, reader?.access.kind === 'open' ? reader : null);
  if (reading.kind === 'refused') return reading;
  const { relation } = reading.owner;
  return relation === 'self' || relation === 'guardian' ? reading : { kind: 'refused', answer: stranger(c, seen) };
}

export const asksReason = (c: C, seen: Seen, reader: CardReader, mistaken: string | null, next?: string): Response =>
  drawn(
    c,
    <ReasonPage
      frame={seen.frame}
      patientName={namedOf(reader).name}
      visitId={reader.visitId ?? ''}
      next={next ?? c.req.path}
      mistaken={mistaken}
    />,
    mistaken === null ? 200 : 422,
  );

const namedOf = ({ patientId, patient, visitId }: CardReader) => ({
  patientId,
  name: fullNameOf(patient),
  birthDate: patient.birthDate,
  visitId,
});
