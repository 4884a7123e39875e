// The lines of a medical card by the clinic's days, the newest first: protocols link to their pages, files download with one click.
import { clockOf, dateOf, dayOf, longDayOf, plainDay } from '../format.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';
import { isOwn } from './card-address.ts';
import type { CardOwner } from './card-view.ts';
import { sizeText } from './size.ts';
import type { CardDoctor, CardEntry, FileFacts } from '../../workflows/rules/card.ts';

interface Props {
  readonly frame: Frame;
  readonly owner: CardOwner;
}

export function Entries({ frame, owner, entries }: Props & { readonly entries: readonly CardEntry[] }) {
  const dates = [...new Set(entries.map(({ at }) => dateOf(at, frame.clinic.zone)))];
  return (
    <>
      {dates.map(date => {
        const ofDay = entries.filter(({ at }) => dateOf(at, frame.clinic.zone) === date);
        return (
          <section class="stack tight" aria-labelledby={`day-${date}`}>
            <h2 id={`day-${date}`}>{longDayOf(date, frame)}</h2>
            <ul class="list" role="list">
              {ofDay.map(entry => (
                <Entry frame={frame} owner={owner} entry={entry} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

export const cardDoctorName = ({ givenName, familyName }: CardDoctor, lang: Frame['lang']): string =>
  `${givenName[lang]} ${familyName[lang]}`;

function Entry({ frame, owner, entry }: Props & { readonly entry: CardEntry }) {
  switch (entry.kind) {
    case 'protocol':
      return <ProtocolEntry frame={frame} entry={entry} />;
    case 'file':
      return <FileEntry frame={frame} file={entry} about={wordsOf(frame.lang).card.fromChat(fromText(frame, entry.fromDoctor))} />;
    case 'upload':
      return (
        <FileEntry frame={frame} file={entry} about={wordsOf(frame.lang).card.fileKinds[entry.is]}>
          {isOwn(owner) && <Removal frame={frame} file={entry} />}
        </FileEntry>
      );
  }
}

const fromText = (frame: Frame, fromDoctor: boolean): string => {
  const w = wordsOf(frame.lang).card;
  return fromDoctor ? w.fromDoctor : w.fromPatient;
};

function ProtocolEntry({ frame, entry }: { readonly frame: Frame; readonly entry: Extract<CardEntry, { kind: 'protocol' }> }) {
  const w = wordsOf(frame.lang).card;
  const { doctor } = entry;
  return (
    <li>
      <a class="go" href={`/card/protocols/${entry.id}`}>
        <Icon name="doc" />
        <span>
          <b>{w.protocolOf}</b>
          {`, ${clockOf(entry.at, frame.clinic.zone)}`}
          <small>
            {cardDoctorName(doctor, frame.lang)}, {doctor.specialty[frame.lang].toLowerCase()}
            {entry.version > 1 && `, ${w.amended(plainDay(dateOf(entry.publishedAt, frame.clinic.zone), frame.lang))}`}
          </small>
          {entry.begins !== '' && <small>{beginning(entry.begins)}</small>}
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}

const BEGINNING = 110;

const beginning = (text: string): string =>
  (text.length > BEGINNING ? `${text.slice(0, text.lastIndexOf(' ', BEGINNING))} …` : text).replaceAll('\n', ' ');

interface FileProps {
  readonly frame: Frame;
  readonly file: FileFacts;
  readonly about: string;
  readonly children?: preact.ComponentChildren;
}

function FileEntry({ frame, file, about, children }: FileProps) {
  const w = wordsOf(frame.lang).card;
  const href = `/card/files/${file.id}`;
  return (
    <li>
      <div class="row apart">
        <a class="go grow" href={href} download>
          {file.type === 'application/pdf' ? <Icon name="clip" /> : <img src={href} alt={w.picture(file.name)} loading="lazy" />}
          <span>
            {file.name}
            <small>
              {about}, {sizeText(file.bytes, frame.lang)},{' '}
              <Time frame={frame} at={file.at}>
                {clockOf(file.at, frame.clinic.zone)}
              </Time>
            </small>
          </span>
        </a>
        {children}
      </div>
    </li>
  );
}

function Removal({ frame, file }: { readonly frame: Frame; readonly file: FileFacts }) {
  const w = wordsOf(frame.lang).card;
  return (
    <form method="post" action={`/card/files/${file.id}/removal`}>
      <button class="button plain">
        {w.remove}
        <span class="away">{w.removeOf(file.name)}</span>
      </button>
    </form>
  );
}

/** Writes an instant as «пн, 24 ноября», for lists that are not grouped by days. */
export const shortDay = (frame: Frame, at: number): string => dayOf(at, frame);
