// «Медицинская карта»: the timeline for the patient, a guardian and the treating doctor; «Кто смотрел»; and the doctor's written reason.
// Reading and its journal row are one batch.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { AccessPage, CardPage } from '../../../views/index.ts';
import type { CardFilter, CardView, UploadEnd } from '../../../views/card/card-view.ts';
import { isReason } from '../../../workflows/rules/card-access.ts';
import { idOf } from '../../http/address.ts';
import { asksReason, ownReadingOf, readingOf } from '../../card/card-owner.tsx';
import { clinicRead } from '../../data/clinic.ts';
import { askOne, given, type Read } from '../../data/db.ts';
import type { Asker } from '../../data/asker.ts';
import { ACCESS_PAGE, accessesRead, ownAccessesRead } from '../../data/card-accesses.ts';
import { ownFileRead } from '../../data/card-files.ts';
import { type CardName, cardReaderRead, journalled, profilesRead } from '../../data/card-reader.ts';
import { givesReason } from '../../data/card-reasons.ts';
import { CARD_PAGE, type CardSpan, cardDoctorsRead, spanRead, timelineRead } from '../../data/card-timeline.ts';
import { type FoundProtocol, searchRead } from '../../data/card-words.ts';
import { isId } from '../../data/ids.ts';
import { directory } from '../../booking/directory.ts';
import type { HonoEnv } from '../../world.ts';
import { excerptOf } from '../../card/excerpts.ts';
import { formOf, parameterOf } from '../../http/form.ts';
import { drawn, goTo, langOf, localPath, see, stranger } from '../../http/page.tsx';
import { type Query, queryOf } from '../../card/stems.ts';
import { clinicDay, dateIn } from '../../booking/zone.ts';
import { fullNameOf } from '../../../workflows/rules/person.ts';
import type { EntryKind } from '../../../workflows/rules/card.ts';

type C = Context<HonoEnv>;

export const card = new Hono<HonoEnv>()
  .get('/card', requires('signedIn'), c => drawCard(c, { by: 'person', id: personIn(c) }, ''))

  .post('/card/search', requires('signedIn'), async c => {
    const form = await formOf(c);
    const person = form.get('person') ?? '';
    return await drawCard(c, { by: 'person', id: person === '' || isId(person) ? person : 'nobody' }, queryIn(form));
  })
  .get('/card/search', requires('signedIn'), c => drawCard(c, { by: 'person', id: '' }, ''))

  .get('/desk/consultations/:id/card', requires('desk'), c => drawCard(c, { by: 'consultation', id: idOf(c) }, ''))

  .post('/desk/consultations/:id/card/search', requires('desk'), async c =>
    drawCard(c, { by: 'consultation', id: idOf(c) }, queryIn(await formOf(c))),
  )
  .get('/desk/consultations/:id/card/search', requires('desk'), c => drawCard(c, { by: 'consultation', id: idOf(c) }, ''))

  .post('/desk/consultations/:id/card', requires('desk'), async c => {
    const form = await formOf(c);
    const name: CardName = { by: 'consultation', id: idOf(c) };
    const seen = await see(c, asker => ({ reader: cardReaderRead(asker, name) }));
    const { reader } = seen.data;
    if (reader === null || reader.access.kind === 'none') return stranger(c, seen);
    const next = localPath(form.get('next')) ?? c.req.path;
    if (reader.access.kind === 'open') return goTo(c, next);
    const reason = (form.get('reason') ?? '').trim();
    if (!isReason(reason)) return asksReason(c, seen, reader, reason.slice(0, 1000), next);
    const hand = { personId: reader.personId, sessionId: reader.sessionId };
    return (await givesReason(c.var.db, seen.asker, name.id, reason, hand)) ? goTo(c, next) : stranger(c, seen);
  })

  .get('/card/access', requires('signedIn'), async c => {
    const person = personIn(c);
    const before = beforeOf(parameterOf(c, 'before'));
    const seen = await see(c, asker => ({
      reader: cardReaderRead(asker, { by: 'person', id: person }),
      looks: accessesRead(asker, person, before, langOf(c)),
      own: ownAccessesRead(asker, person, langOf(c)),
    }));
    const reading = ownReadingOf(c, seen, seen.data.reader);
    if (reading.kind === 'refused') return reading.answer;
    const { page, next } = paged(seen.data.looks, ACCESS_PAGE);
    return drawn(c, <AccessPage frame={seen.frame} owner={reading.owner} looks={page} own={seen.data.own} before={next} />);
  });

/** `words`: what is searched for. They are posted, never in the address, which logs keep. */
async function drawCard(c: C, name: CardName, words: string): Promise<Response> {
  const filter: CardFilter = { ...filterOf(c), query: words };
  const query = queryOf(filter.query);
  const span = spanOf(filter.year, filter.year === null ? '' : await zoneOf(c));
  const seen = await see(c, asker => cardReads(c, asker, name, { ...filter, ...span }, query));
  const reading = readingOf(c, seen, seen.data.reader);
  if (reading.kind === 'refused') return reading.answer;
  const { owner } = reading;
  const isDesk = owner.relation === 'treating' || owner.relation === 'reason';
  // A doctor reads a card under the address of a visit, a patient under /card.
  if (isDesk && name.by === 'person') return c.redirect(`/desk/consultations/${owner.visitId}/card`, 303);
  const { entries, span: years, doctors, profiles, removed, found } = seen.data;
  const { page, next } = paged(entries, CARD_PAGE);
  const view: CardView = {
    owner,
    filter,
    profiles: profiles.map(profile => ({ id: profile.id, name: fullNameOf(profile) })),
    counts: years.counts,
    years: yearsOf(years, seen.clinic.zone),
    doctors,
    entries: page,
    before: next,
    found: filter.query === '' ? null : foundIn(found ?? [], query),
    removed: removed?.isRemoved ? removed : null,
    upload: UPLOAD_ENDS.find(end => end === parameterOf(c, 'upload')) ?? null,
  };
  return drawn(c, <CardPage frame={seen.frame} view={view} />);
}

function cardReads(c: C, asker: Asker, name: CardName, filter: CardFilter & Span, query: Query | null) {
  const removed = parameterOf(c, 'removed') ?? '';
  const found: Read<FoundProtocol[] | null> = query === null ? given(null) : searchRead(asker, name, query);
  return {
    reader: cardReaderRead(asker, name),
    entries: timelineRead(asker, name, { ...filter, before: beforeOf(parameterOf(c, 'before')) }),
    span: spanRead(asker, name),
    doctors: cardDoctorsRead(asker, name),
    profiles: profilesRead(asker),
    removed: ownFileRead(asker, isId(removed) ? removed : ''),
    found,
    journal: journalled(asker, name, { act: 'card', subjectId: null, folds: true }),
  };
}

const UPLOAD_ENDS = [
  'kept',
  'empty',
  'tooLarge',
  'type',
  'tooManyPixels',
  'tooManyPages',
  'pdfActive',
  'cardIsFull',
  'enoughToday',
] as const satisfies readonly UploadEnd[];
const KINDS = ['protocol', 'file', 'upload'] as const satisfies readonly EntryKind[];
const QUERY_CHARACTERS = 100;

const queryIn = (form: URLSearchParams): string => (form.get('q') ?? '').trim().slice(0, QUERY_CHARACTERS);

function filterOf(c: C): Omit<CardFilter, 'query'> {
  const [year, doctor] = [parameterOf(c, 'year') ?? '', parameterOf(c, 'doctor') ?? ''];
  return {
    kind: KINDS.find(kind => kind === parameterOf(c, 'kind')) ?? null,
    year: /^20\d\d$/.test(year) ? Number(year) : null,
    doctorId: isId(doctor) ? doctor : null,
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The clinic's zone, which hardly ever changes: from the directory however old it is; asked for only in the first request of an isolate. */
const zoneOf = async (c: C): Promise<string> => (directory.last(c.var.db)?.clinic ?? (await askOne(c.var.db, clinicRead()))).zone;

/** The start and end of a year in the clinic's zone, ms; no limits when `year` is null. */
function spanOf(year: number | null, zone: string): Span {
  if (year === null) return { from: 0, to: Number.MAX_SAFE_INTEGER };
  const startOf = (y: number) => clinicDay(`${y}-01-01`, zone).instantOf(0);
  return { from: startOf(year), to: startOf(year + 1) };
}

function yearsOf({ from, to }: CardSpan, zone: string): number[] {
  if (from === null || to === null) return [];
  const [first, last] = [from, to].map(at => Number(dateIn(zone, at).slice(0, 4)));
  return Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, i) => (last ?? 0) - i);
}

const foundIn = (found: readonly FoundProtocol[], query: Query | null) =>
  found.flatMap(({ signed, ...one }) => {
    const excerpt = query === null ? null : excerptOf(signed, query);
    return excerpt === null ? [] : [{ ...one, ...excerpt }];
  });

const personIn = (c: C): string => {
  const person = parameterOf(c, 'person') ?? '';
  // A malformed id selects nobody, never the asker.
  return person === '' || isId(person) ? person : 'nobody';
};

const BEFORE = /^(\d{1,16})-([0-9a-f-]{36})$/;

function beforeOf(text: string | undefined): { readonly at: number; readonly id: string } | null {
  const [, at, id] = BEFORE.exec(text ?? '') ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}

/** Cuts the extra row off a page and returns where the next page begins. */
function paged<T extends { readonly at: number; readonly id: string }>(rows: readonly T[], size: number) {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { page, next: rows.length > size && last !== undefined ? `${last.at}-${last.id}` : null };
}
