// Searching one's own card: the words of each protocol by their stems. The signing batch writes them, the card's search reads them; a row of another
// patient is not found, whatever is asked.
import { type ProtocolContent, TEXT_FIELDS } from '../../workflows/rules/protocol.ts';
import { type Query, stemsIn } from '../card/stems.ts';
import { every, number, type Read, text, type Write } from './db.ts';
import type { Asker } from './asker.ts';
import { CARD_DOCTOR, cardDoctorOf } from './card-timeline.ts';
import { type CardName, nameArgs, readerOf } from './card-reader.ts';
import { type Signed, signedOf } from './card-protocols.ts';
import type { CardDoctor } from '../../workflows/rules/card.ts';

type Answered = { readonly questionnaire?: readonly { readonly question: string; readonly answer: string }[] };

/** For the batch that signs a protocol: the words of this version, which takes the place of the one before. */
export const indexesProtocol = (protocolId: string, patientId: string, content: ProtocolContent & Answered): Write => ({
  sql: 'INSERT INTO card_words (protocol_id, patient_id, stems) VALUES (?1, ?2, ?3)',
  // The patient stands among the words, so that the index itself leads to one card and not to a clinic's worth of «боль».
  args: [protocolId, patientId, [ownWord(patientId), ...stemsIn(textOf(content)).map(({ stem }) => stem)].join(' ')],
});

const ownWord = (patientId: string): string => patientId.replaceAll('-', '');

const textOf = (content: ProtocolContent & Answered): string =>
  [
    ...TEXT_FIELDS.map(field => content[field]),
    content.inPerson.when,
    content.diagnosis ? `${content.diagnosis.code} ${content.diagnosis.title}` : '',
    ...(content.questionnaire ?? []).map(({ answer }) => answer),
  ].join(' ');

export interface FoundProtocol {
  readonly id: string;
  readonly at: number;
  readonly doctor: CardDoctor;
  readonly signed: Signed;
}

const FOUND = 20;

/** Nothing was looked for. */
export const NO_SEARCH: Read<null> = { sql: 'SELECT 1 WHERE 0', args: [], take: () => null };

/** Protocols that hold every word, in the version that stands, the latest visit first; at most twenty. */
export const searchRead = (asker: Asker, name: CardName, query: Query): Read<FoundProtocol[]> => ({
  sql: `${readerOf(name.by)} SELECT p.id, p.content, c.starts_at, ${CARD_DOCTOR}
    FROM reader w JOIN card_words ON card_words.patient_id = w.patient_id JOIN protocol p ON p.id = card_words.protocol_id
      JOIN consultation c ON c.id = p.consultation_id AND c.patient_id = w.patient_id JOIN doctor d ON d.id = c.doctor_id JOIN specialty sp ON sp.id = d.specialty_id
    WHERE w.relation IS NOT NULL AND card_words MATCH ('"' || replace(w.patient_id, '-', '') || '" AND ' || ?4)
      AND NOT EXISTS (SELECT 1 FROM protocol v WHERE v.consultation_id = p.consultation_id AND v.version > p.version)
    ORDER BY c.starts_at DESC LIMIT ${FOUND}`,
  args: [...nameArgs(asker, name), [...query.stems.map(quoted), `${quoted(query.last)}*`].join(' AND ')],
  take: every(row => ({
    id: text(row, 'id'),
    at: number(row, 'starts_at'),
    doctor: cardDoctorOf(row),
    signed: signedOf(text(row, 'content')),
  })),
});

const quoted = (stem: string): string => `"${stem}"`;
