// A protocol as the patient reads it: the filled fields in the order of the document. Used by the preview and by the pages of a signed
// protocol.
import { TEXT_FIELDS, type ProtocolContent, type SignedProtocol } from '../../workflows/rules/protocol.ts';
import { diagnosisText } from '../../workflows/rules/protocol-draft.ts';
import { documentDateOf, exactMomentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import type { ProtocolVisit } from './protocol-view.ts';
import { doctorTitle } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import { Lines } from './lines.tsx';

export interface PaperProps {
  readonly frame: Frame;
  readonly visit: ProtocolVisit;
  readonly content: ProtocolContent;
  readonly questionnaire: SignedProtocol['questionnaire'];
  readonly reason: string | null;
  /** No visit in person was on record, so the document says why it has no diagnosis. */
  readonly isLocked: boolean;
}

export function Paper({ frame, visit, content, questionnaire, reason, isLocked }: PaperProps) {
  const w = wordsOf(frame.lang).protocol;
  const { clinic } = frame;
  return (
    <article class="paper">
      <header class="letterhead">
        <p>
          <b>{clinic.legalName}</b>
          <br />
          {clinic.address}
          <br />
          {clinic.licence}
        </p>
        <p>{clinic.phone}</p>
      </header>
      <h2>{w.paperTitle}</h2>
      {reason !== null && <p>{w.reasonOf(reason)}</p>}
      <Heading frame={frame} visit={visit} />
      {questionnaire.length > 0 && (
        <section>
          <h2>{w.paperAnswers}</h2>
          {questionnaire.map(({ question, answer }) => (
            <p>
              <b>{question}</b> {answer}
            </p>
          ))}
        </section>
      )}
      <Sections frame={frame} content={content} isLocked={isLocked} />
    </article>
  );
}

function Heading({ frame, visit }: Pick<PaperProps, 'frame' | 'visit'>) {
  const w = wordsOf(frame.lang).protocol;
  const { patientBirthDate, doctor, slot } = visit;
  const born =
    patientBirthDate === null ? '' : `, ${w.paperBorn(documentDateOf(Date.parse(`${patientBirthDate}T12:00:00Z`), 'UTC', frame.lang))}`;
  const facts = [
    [w.paperPatient, visit.patientName + born],
    [w.paperDoctor, doctorTitle(doctor, frame.lang)],
    [w.paperHeld, exactMomentOf(slot.startsAt, frame)],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Sections({ frame, content, isLocked }: Pick<PaperProps, 'frame' | 'content' | 'isLocked'>) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <>
      {content.diagnosis !== null && (
        <section>
          <h2>{w.fields.diagnosis}</h2>
          <p>{diagnosisText(content.diagnosis)}</p>
        </section>
      )}
      {TEXT_FIELDS.filter(field => content[field].trim() !== '').map(field => (
        <section>
          <h2>{w.fields[field]}</h2>
          <Lines text={content[field]} />
        </section>
      ))}
      {content.inPerson.isNeeded && <p>{w.paperInPerson(content.inPerson.when)}</p>}
      {isLocked && <p>{w.paperNoDiagnosis}</p>}
    </>
  );
}
