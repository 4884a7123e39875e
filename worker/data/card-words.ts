// Full-text search in one's own card: the word stems of each protocol. The signing batch writes them, the search reads them. Rows of
// another patient are never found.
import { type ProtocolContent, TEXT_FIELDS } from '../../workflows/rules/protocol.ts';
import { type Query, stemsIn } from '../card/stems.ts';
import { every, number, type Read, text, type Write } from './db.ts';
import type { Asker } from './asker.ts';
import { CARD_DOCTOR, cardDoctorOf } from './card-timeline.ts';
import { type CardName, nameArgs, readerOf } from './card-reader.ts';
import { type Signed, signedOf } from './card-protocols.ts';
import type { CardDoctor } from '../../workflows/rules/card.ts';

type Answered = { readonly questionnaire?: readonly { readonly question: string; readonly answer: string }[] };

/** For the batch that signs a protocol: indexes the words of this version, which replaces the previous one in searches. */
export const indexesProtocol = (protocolId: string, patientId: string, content: ProtocolContent & Answered): Write => ({
  sql: 'INSERT INTO card_words (protocol_id, patient_id, stems) VALUES (?1, ?2, ?3)',
  // The patient's id is indexed as a word, so the index returns rows of one card and not all protocols of the clinic that contain «боль».
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

/** Protocols that contain every word, in their current version, latest visit first; at most 20. */
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
