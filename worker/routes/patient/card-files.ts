// Uploads to a card (JPEG, PNG or PDF, recognised by content), downloads of card files including those from chats, and removal. A form
// posts one file and returns to the card; the island posts files one by one and reads JSON.
import { storedFile } from '../../http/stored-file.ts';
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import type { UploadEnd } from '../../../views/card/card-view.ts';
import { FILE_KINDS } from '../../../workflows/rules/card-files.ts';
import { idOf } from '../../http/address.ts';
import { ownReadingOf, readingOf } from '../../card/card-owner.tsx';
import { cardFileRead, keepsCardFile, ownFileRead, removesFile } from '../../data/card-files.ts';
import { type CardReader, cardReaderRead, journalled } from '../../data/card-reader.ts';
import { cardFileKey } from '../../data/file-keys.ts';
import { isId, newId } from '../../data/ids.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf, uploadOf } from '../../http/form.ts';
import { goTo, see, seeViewer, stranger } from '../../http/page.tsx';
import { inspectUpload } from '../../files/inspect.ts';
import { FILE_BYTES, nameOf } from '../../../workflows/rules/file.ts';

type C = Context<HonoEnv>;

export const cardFiles = new Hono<HonoEnv>()
  .post('/card/files', requires('signedIn'), async c => {
    const given = await uploadIn(c);
    const seen = await see(c, asker => ({ reader: cardReaderRead(asker, { by: 'person', id: given.person }) }));
    const reading = ownReadingOf(c, seen, seen.data.reader);
    if (reading.kind === 'refused') return reading.answer;
    const end = await keep(c, given, reading.reader);
    return answered(c, end, given.person);
  })

  .get('/card/files/:id', requires('signedIn'), async c => {
    const id = idOf(c);
    const seen = await see(c, asker => ({
      reader: cardReaderRead(asker, { by: 'file', id }),
      file: cardFileRead(asker, id),
      journal: journalled(asker, { by: 'file', id }, { act: 'file', subjectId: id, folds: true }),
    }));
    const reading = readingOf(c, seen, seen.data.reader);
    if (reading.kind === 'refused') return reading.answer;
    const { file } = seen.data;
    return await storedFile(c, seen, file);
  })

  .post('/card/files/:id/removal', requires('signedIn'), async c => {
    const back = (await formOf(c)).get('back') === '1';
    const seen = await seeViewer(c, asker => ({ file: ownFileRead(asker, idOf(c)) }));
    const { viewer, asker } = seen;
    const { file } = seen.data;
    if (file === null) return stranger(c, seen);
    const done = await removesFile(c.var.db, asker, file.id, back, { personId: viewer.id, sessionId: viewer.sessionId });
    const person: Record<string, string> = file.patientId === viewer.id ? {} : { person: file.patientId };
    const said: Record<string, string> = done.kind !== 'kept' ? { upload: done.kind } : back ? {} : { removed: file.id };
    return goTo(c, cardWith({ ...person, ...said }));
  });

interface Upload {
  /** The owner of the card; empty for the asker's own. */
  readonly person: string;
  readonly is: string | null;
  readonly file: File | null;
}

async function uploadIn(c: C): Promise<Upload> {
  const { form, file } = await uploadOf(c);
  const person = form.get('person') ?? '';
  return { person: person === '' || isId(person) ? person : 'nobody', is: form.get('kind'), file };
}

async function keep(c: C, given: Upload, { patientId, personId, sessionId }: CardReader): Promise<UploadEnd> {
  if (given.file === null || given.file.size === 0) return 'empty';
  if (given.file.size > FILE_BYTES) return 'tooLarge';
  const inspected = await inspectUpload(given.file);
  if (inspected.kind !== 'fine') return inspected.kind;
  const { type, bytes } = inspected;
  const id = newId();
  const key = cardFileKey(patientId, id);
  const is = FILE_KINDS.find(kind => kind === given.is) ?? 'document';
  // The file is stored before its row: a row without a file would be a broken link, a file without a row only takes space.
  await c.env.FILES.put(key, bytes, { httpMetadata: { contentType: type } });
  const file = { id, patientId, is, name: nameOf(given.file.name, type), type, bytes: bytes.length, at: c.var.now, key };
  const kept = await keepsCardFile(c.var.db, file, { personId, sessionId });
  if (kept.kind !== 'kept') await c.env.FILES.delete(key);
  return kept.kind;
}

const STATUS = {
  kept: 201,
  empty: 422,
  tooLarge: 413,
  type: 415,
  tooManyPixels: 422,
  tooManyPages: 422,
  pdfActive: 422,
  cardIsFull: 409,
  enoughToday: 429,
} as const satisfies Record<UploadEnd, number>;

function answered(c: C, end: UploadEnd, person: string): Response {
  if (c.req.header('accept')?.startsWith('application/json')) return c.json({ kind: end }, STATUS[end]);
  return goTo(c, cardWith({ ...(person === '' ? {} : { person }), upload: end }));
}

const cardWith = (query: Record<string, string>): string => {
  const said = new URLSearchParams(query).toString();
  return said === '' ? '/card' : `/card?${said}`;
};
