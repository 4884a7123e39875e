// One version of a protocol for the readers of a card, with its signature, its PDF and the other versions. Called by
// worker/routes/patient/card-protocols.tsx.
import { EMPTY_PROTOCOL, type ProtocolContent } from '../../workflows/rules/protocol.ts';
import { number, numberOrNull, one, type Read, type Row, text, textOrNull } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_PATIENT } from './asker.ts';
import { CARD_DOCTOR, cardDoctorOf } from './card-timeline.ts';
import { nameArgs, readerOf } from './card-reader.ts';
import { protocolFileKey } from './file-keys.ts';
import type { PaperView, PdfFacts } from '../../workflows/rules/card.ts';

export interface Signed {
  readonly content: ProtocolContent;
  readonly questionnaire: readonly { readonly question: string; readonly answer: string }[];
}

/** Parses the signed content of a row. A field that the row does not have, because it was added to the product later, is empty. */
export function signedOf(content: string): Signed {
  const { questionnaire = [], ...fields } = JSON.parse(content) as Partial<ProtocolContent> & Partial<Pick<Signed, 'questionnaire'>>;
  return { content: { ...EMPTY_PROTOCOL, ...fields }, questionnaire };
}

export interface KeptPaper extends Omit<PaperView, 'isLocked'> {
  /** The patient's recorded in-person visits. */
  readonly records: readonly { readonly visitedOn: string; readonly enteredAt: number }[];
  /** Key of the PDF in R2; null when there is none. */
  readonly pdfKey: string | null;
}

/** One version, for a reader who may see the patient's card; null for anybody else. */
export const paperRead = (asker: Asker, id: string): Read<KeptPaper | null> => ({
  sql: `${readerOf('protocol')} SELECT p.*, s.at AS signed_at, c.starts_at, c.ends_at, ${CARD_DOCTOR}, r.hash AS pdf_hash, r.bytes AS pdf_bytes, r.signed_by,
      (SELECT json_group_array(json_array(i.visited_on, i.entered_at)) FROM in_person_visit i WHERE i.patient_id = c.patient_id) AS records,
      (SELECT json_group_array(json_array(v.id, v.version, v.published_at)) FROM (SELECT o.* FROM protocol o WHERE o.consultation_id = c.id ORDER BY o.version) v) AS versions
    FROM reader w JOIN protocol p ON p.id = ?3 JOIN consultation c ON c.id = p.consultation_id JOIN doctor d ON d.id = c.doctor_id
      JOIN specialty sp ON sp.id = d.specialty_id LEFT JOIN signature s ON s.protocol_id = p.id LEFT JOIN rendition r ON r.protocol_id = p.id
    WHERE w.relation IS NOT NULL`,
  args: nameArgs(asker, { by: 'protocol', id }),
  take: one(paperOf),
});

function paperOf(row: Row): KeptPaper {
  const hash = textOrNull(row, 'pdf_hash');
  const versions = JSON.parse(text(row, 'versions')) as [string, number, number][];
  const records = JSON.parse(text(row, 'records')) as [string, number][];
  return {
    ...signedOf(text(row, 'content')),
    id: text(row, 'id'),
    version: number(row, 'version'),
    reason: textOrNull(row, 'reason'),
    contentHash: text(row, 'content_hash'),
    verifyCode: text(row, 'verify_code'),
    publishedAt: number(row, 'published_at'),
    signedAt: numberOrNull(row, 'signed_at') ?? number(row, 'published_at'),
    doctor: cardDoctorOf(row),
    startsAt: number(row, 'starts_at'),
    endsAt: number(row, 'ends_at'),
    records: records.map(([visitedOn, enteredAt]) => ({ visitedOn, enteredAt })),
    pdf: pdfOf(row),
    pdfKey: hash === null ? null : protocolFileKey(hash),
    versions: versions.map(([id, version, publishedAt]) => ({ id, version, publishedAt })),
  };
}

const pdfOf = (row: Row): PdfFacts | null =>
  row['pdf_hash'] == null ? null : { bytes: number(row, 'pdf_bytes'), signedBy: textOrNull(row, 'signed_by') };

/** The current protocol of the asker's own consultation; `protocolId` is null before the first. */
export const standingProtocolRead = (asker: Asker, consultationId: string): Read<{ readonly protocolId: string | null } | null> => ({
  sql: `${AS_ASKER} SELECT (SELECT p.id FROM protocol p WHERE p.consultation_id = c.id ORDER BY p.version DESC LIMIT 1) AS protocol_id
    FROM consultation c WHERE c.id = ?3 AND ${IS_PATIENT}`,
  args: [...asArgs(asker), consultationId],
  take: one(row => ({ protocolId: textOrNull(row, 'protocol_id') })),
});
