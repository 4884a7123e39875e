// A protocol as a paper document, `.paper`: letterhead, who and when, the doctor's fields, the signature and where to verify it. Printing
// prints only this part, on A4.
import { PAPER_FIELDS } from './paper-fields.ts';
import { clinicClockOf, documentDateOf, rangeOf, zoneNameOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { CardOwner } from './card-view.ts';
import { cardDoctorName } from './entries.tsx';
import type { PaperView } from '../../workflows/rules/card.ts';

interface Props {
  readonly frame: Frame;
  readonly owner: CardOwner;
  readonly paper: PaperView;
  /** Where anyone can verify the document: host and path. */
  readonly verifyAt: string;
}

export function Paper(props: Props) {
  const { frame, paper } = props;
  const w = wordsOf(frame.lang).card;
  const date = documentDateOf(paper.startsAt, frame.clinic.zone, frame.lang);
  return (
    <article class="paper">
      <Letterhead frame={frame} />
      <div>
        <h1>{w.paperTitle}</h1>
        <p class="muted">{w.paperFrom(date, paper.version)}</p>
      </div>
      <Who {...props} />
      {paper.reason !== null && (
        <section>
          <h2>{w.amendment(paper.version)}</h2>
          <p>
            {w.amendmentReason(paper.reason)} {w.amendmentText}
          </p>
        </section>
      )}
      <Fields frame={frame} paper={paper} />
      <Seal {...props} />
    </article>
  );
}

function Letterhead({ frame }: { readonly frame: Frame }) {
  const { clinic, lang } = frame;
  return (
    <header class="letterhead">
      <p>
        <b>
          {clinic.legalName}, {clinic.name[lang]}
        </b>
        <br />
        {clinic.address}
      </p>
      <p>
        {wordsOf(lang).frame.licence} {clinic.licence}
        <br />
        {clinic.phone}
      </p>
    </header>
  );
}

function Who({ frame, owner, paper }: Props) {
  const w = wordsOf(frame.lang).card;
  const { zone } = frame.clinic;
  const born = owner.birthDate === null ? '' : `, ${w.born(documentDateOf(Date.parse(`${owner.birthDate}T12:00:00Z`), 'UTC', frame.lang))}`;
  const held = `${documentDateOf(paper.startsAt, zone, frame.lang)}, ${rangeOf(paper, zone)} (${zoneNameOf(paper.startsAt, zone, frame.lang)}), ${w.byVideo}`;
  const lines = [
    [w.patient, owner.name + born],
    [w.doctorWord, `${cardDoctorName(paper.doctor, frame.lang)}, ${paper.doctor.specialty[frame.lang].toLowerCase()}`],
    [w.held, held],
  ];
  return (
    <dl class="facts">
      {lines.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fields({ frame, paper }: Pick<Props, 'frame' | 'paper'>) {
  const w = wordsOf(frame.lang).card;
  const { content, questionnaire } = paper;
  const { diagnosis, inPerson } = content;
  return (
    <>
      {PAPER_FIELDS.map(field => content[field].trim() !== '' && <Field heading={w.fields[field]} text={content[field]} />)}
      {inPerson.isNeeded && <Field heading={w.fields.inPerson} text={w.inPersonNeeded(inPerson.when)} />}
      {diagnosis !== null && <Field heading={w.fields.diagnosis} text={`${diagnosis.code} ${diagnosis.title}`} />}
      {content.prescriptions.trim() !== '' && <Field heading={w.fields.prescriptions} text={content.prescriptions} />}
      {paper.isLocked && <p class="small muted">{w.locked}</p>}
      {questionnaire.length > 0 && (
        <section>
          <h2>{w.fields.questionnaire}</h2>
          <dl class="facts">
            {questionnaire.map(({ question, answer }) => (
              <div>
                <dt>{question}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function Field({ heading, text }: { readonly heading: string; readonly text: string }) {
  return (
    <section>
      <h2>{heading}</h2>
      {text
        .split('\n')
        .filter(line => line.trim() !== '')
        .map(line => (
          <p>{line}</p>
        ))}
    </section>
  );
}

function Seal({ frame, paper, verifyAt }: Props) {
  const w = wordsOf(frame.lang).card;
  const moment = `${documentDateOf(paper.signedAt, frame.clinic.zone, frame.lang)}, ${clinicClockOf(paper.signedAt, frame)}`;
  const signedBy = paper.pdf?.signedBy ?? null;
  return (
    <div class="seal">
      <div>
        <p>
          <b>{signedBy === null ? w.sealSimple : w.sealQualified}</b>
        </p>
        <p>{w.sealAt(signedBy ?? cardDoctorName(paper.doctor, frame.lang), moment)}</p>
        <p>
          {w.sealVerify} <a href={`/verify/${paper.verifyCode}`}>{verifyAt}</a>
        </p>
        <p class="muted">{w.sealHash(paper.contentHash.slice(0, 16))}</p>
      </div>
    </div>
  );
}
