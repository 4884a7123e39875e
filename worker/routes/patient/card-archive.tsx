// «Скачать архив»: the whole card as a ZIP streamed from R2, with a list that opens offline. It is one row of the access journal.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { renderToString } from 'preact-render-to-string';
import { ArchiveIndex, type ArchiveLine, ArchiveTooMuchPage, archiveCsv } from '../../../views/index.ts';
import { cardDoctorName } from '../../../views/card/entries.tsx';
import type { Frame } from '../../../views/model.ts';
import { wordsOf } from '../../../views/words.ts';
import { ARCHIVE_BYTES, archiveFit } from '../../../workflows/rules/card-files.ts';
import { type Packed, textFile, zipped } from '../../card/archive.ts';
import { attachment } from '../../http/attachment.ts';
import { ownReadingOf } from '../../card/card-owner.tsx';
import { ask } from '../../data/db.ts';
import { type ArchivedFile, type ArchivedProtocol, archivedFilesRead, archivedProtocolsRead } from '../../data/card-archives.ts';
import { cardReaderRead, journalled } from '../../data/card-reader.ts';
import { isId } from '../../data/ids.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf } from '../../http/form.ts';
import { drawn, see } from '../../http/page.tsx';
import { dateIn } from '../../booking/zone.ts';

export const cardArchive = new Hono<HonoEnv>().post('/card/archive', requires('signedIn'), async c => {
  const asked = (await formOf(c)).get('person') ?? '';
  const person = asked === '' || isId(asked) ? asked : 'nobody';
  const name = { by: 'person', id: person } as const;
  const seen = await see(c, asker => ({
    reader: cardReaderRead(asker, name),
    protocols: archivedProtocolsRead(asker, person),
    files: archivedFilesRead(asker, person),
  }));
  const reading = ownReadingOf(c, seen, seen.data.reader);
  if (reading.kind === 'refused') return reading.answer;
  const { protocols, files } = seen.data;
  const fit = archiveFit([...protocols.flatMap(({ pdf }) => (pdf === null ? [] : [pdf.bytes])), ...files.map(({ bytes }) => bytes)]);
  const back = reading.owner.relation === 'self' ? '/card' : `/card?person=${reading.owner.patientId}`;
  if (fit.kind === 'tooMuch')
    return drawn(c, <ArchiveTooMuchPage frame={seen.frame} bytes={fit.bytes} limitBytes={ARCHIVE_BYTES} back={back} />, 409);
  // The journal row is written before the first byte is sent.
  await ask(c.var.db, { journal: journalled(seen.asker, name, { act: 'archive', subjectId: null, folds: false }) });
  const date = dateIn(seen.clinic.zone, c.var.now);
  return c.body(zipped(packed(c.env.FILES, seen.frame, reading.owner.name, protocols, files), seen.clinic.zone), 200, {
    'content-type': 'application/zip',
    'content-disposition': attachment(`${date}-medkarta.zip`, `${date}-медкарта.zip`),
  });
});

function packed(
  bucket: R2Bucket,
  frame: Frame,
  owner: string,
  protocols: readonly ArchivedProtocol[],
  files: readonly ArchivedFile[],
): Packed[] {
  const { zone } = frame.clinic;
  const taken = new Set<string>();
  const lost = new Set<string>();
  const open = (path: string, key: string) => async () => {
    const kept = await bucket.get(key);
    if (kept === null) lost.add(path);
    return kept?.body ?? null;
  };
  const papers = protocols.map(one => ({
    ...one,
    path: one.pdf && pathFor(taken, `protocols/${dateIn(zone, one.at)}-protokol-v${one.version}.pdf`),
  }));
  const given = files.map(one => ({ ...one, path: pathFor(taken, `files/${dateIn(zone, one.at)} ${one.name.normalize('NFC')}`) }));
  const found = (line: ArchiveLine): ArchiveLine =>
    line.path !== null && lost.has(line.path) ? { ...line, path: null, missing: wordsOf(frame.lang).card.archiveGone } : line;
  const lines = () => ({
    frame,
    protocols: papers.map(one => found(protocolLine(frame, one))),
    files: given.map(one => found(fileLine(one))),
  });
  // The lists come last, because only then it is known which files were found.
  return [
    ...papers.flatMap(({ path, pdf, at }) => (path === null || pdf === null ? [] : [{ path, at, open: open(path, pdf.key) }])),
    ...given.map(({ path, key, at }) => ({ path, at, open: open(path, key) })),
    textFile('index.html', frame.now, () => `<!doctype html>${renderToString(<ArchiveIndex {...lines()} owner={owner} />)}`),
    textFile('index.csv', frame.now, () => archiveCsv(lines())),
  ];
}

const protocolLine = (frame: Frame, { at, version, doctor, path }: ArchivedProtocol & { readonly path: string | null }): ArchiveLine => ({
  at,
  what: wordsOf(frame.lang).card.protocolOf,
  doctor: cardDoctorName(doctor, frame.lang),
  version,
  path,
  missing: path === null ? wordsOf(frame.lang).card.archiveNotReady : null,
});

const fileLine = ({ at, name, path }: ArchivedFile & { readonly path: string }): ArchiveLine => ({
  at,
  what: name,
  doctor: '',
  version: null,
  path,
  missing: null,
});

/** A path that is unique in the archive. */
function pathFor(taken: Set<string>, path: string): string {
  const dot = path.lastIndexOf('.');
  let free = path;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${path.slice(0, dot)} (${n})${path.slice(dot)}`;
  taken.add(free.toLowerCase());
  return free;
}
