// The owner of a card as its pages show them, and the response for a reader without access. Called by the routes of the card.
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

/** Returns the owner for a reader with access; asks a former treating doctor for a reason; responds 404 to everybody else. */
export function readingOf(c: C, seen: Seen, reader: CardReader | null): Reading {
  if (reader === null || reader.access.kind === 'none') return { kind: 'refused', answer: stranger(c, seen) };
  if (reader.access.kind === 'needsReason') return { kind: 'refused', answer: asksReason(c, seen, reader, null) };
  return { kind: 'reads', reader, owner: { ...namedOf(reader), relation: reader.access.relation } };
}

/** The same, only for the patient and a guardian: uploads, the archive, the access journal. */
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
