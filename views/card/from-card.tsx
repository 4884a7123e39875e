// «Из карты»: the patient's latest protocols and files beside the protocol editor, in the room and at the desk. The entries come from
// `fromCardReads`.
import { clockOf, dateOf, plainDay } from '../format.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import { cardDoctorName } from './entries.tsx';
import { sizeText } from './size.ts';
import type { CardEntry } from '../../workflows/rules/card.ts';

export interface FromCardProps {
  readonly frame: Frame;
  /** The doctor's consultation, used in the link to the whole card. */
  readonly consultationId: string;
  /** The latest, the newest first. */
  readonly entries: readonly CardEntry[];
}

export function FromCard({ frame, consultationId, entries }: FromCardProps) {
  const w = wordsOf(frame.lang).card;
  return (
    <section class="stack tight" aria-labelledby="from-card">
      <h2 id="from-card">{w.from}</h2>
      {entries.length === 0 ? (
        <p class="small muted">{w.fromEmpty}</p>
      ) : (
        <ul class="list" role="list">
          {entries.map(entry => (
            <Line frame={frame} entry={entry} />
          ))}
        </ul>
      )}
      <p class="small">
        <a href={`/desk/consultations/${consultationId}/card`} target="_blank" rel="noopener">
          {w.fromAll}
        </a>
      </p>
    </section>
  );
}

/** Opens in a new tab, because leaving the page would end the doctor's call. */
function Line({ frame, entry }: { readonly frame: Frame; readonly entry: CardEntry }) {
  const w = wordsOf(frame.lang).card;
  const day = plainDay(dateOf(entry.at, frame.clinic.zone), frame.lang);
  const isProtocol = entry.kind === 'protocol';
  return (
    <li>
      <a class="go" href={isProtocol ? `/card/protocols/${entry.id}` : `/card/files/${entry.id}`} target="_blank" rel="noopener">
        <Icon name={isProtocol ? 'doc' : 'clip'} />
        <span>
          {isProtocol ? w.protocolOf : entry.name}
          <small>
            {isProtocol
              ? `${day}, ${cardDoctorName(entry.doctor, frame.lang)}, ${entry.doctor.specialty[frame.lang].toLowerCase()}`
              : `${day}, ${clockOf(entry.at, frame.clinic.zone)}, ${sizeText(entry.bytes, frame.lang)}`}
          </small>
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}
