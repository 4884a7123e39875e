// The questionnaire before the visit: a plain form; after the visit it shows the answers.
import type { QuestionnaireState, Answered, Question } from '../../workflows/rules/questionnaire.ts';
import { capital, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Empty } from '../parts/empty.tsx';
import { FieldMistake } from '../parts/field.tsx';
import { Emergency, Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface QuestionnairePageProps {
  readonly frame: Frame;
  readonly consultation: { readonly id: string; readonly doctor: Doctor; readonly facts: Interval };
  readonly questions: readonly Question[];
  readonly answered: Answered | null;
  readonly state: QuestionnaireState;
  readonly isSaved?: boolean;
  readonly isStale?: boolean;
  /** Ids of questions whose answers are too long. */
  readonly tooLong?: readonly string[];
}

export function QuestionnairePage(props: QuestionnairePageProps) {
  const { frame, consultation, questions, answered, state, isSaved, isStale } = props;
  const w = wordsOf(frame.lang).questionnaire;
  return (
    <Layout frame={frame} title={w.title} current="appointments">
      <div>
        <Crumb href={`/consultations/${consultation.id}`}>{w.back}</Crumb>
        <h1>{w.title}</h1>
        <p class="muted">{w.lead(doctorName(consultation.doctor, frame.lang), momentOf(consultation.facts.startsAt, frame))}</p>
      </div>
      {isSaved && answered !== null && (
        <Notice tone="ok" icon="done" role="status" lead={w.savedLead} text={w.savedText(capital(momentOf(answered.at, frame)))} />
      )}
      {isStale && <Notice tone="warn" icon="alert" role="alert" lead={w.staleLead} text={w.staleText} />}
      {state === 'closed' && <Notice tone="info" icon="info" lead={`${w.closedLead}.`} text={w.closedText} />}
      {state === 'notYet' && <Notice tone="info" icon="clock" lead={`${w.notYetLead}.`} text={w.notYetText} />}
      {state === 'open' && (questions.length === 0 ? <None frame={frame} /> : <Questions {...props} />)}
      {state === 'closed' && answered !== null && <Told frame={frame} answered={answered} />}
    </Layout>
  );
}

function None({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).questionnaire;
  return (
    <Empty heading={w.none}>
      <p>{w.noneText}</p>
    </Empty>
  );
}

function Questions({ frame, consultation, questions, answered, tooLong = [] }: QuestionnairePageProps) {
  const w = wordsOf(frame.lang).questionnaire;
  const answerTo = (id: string) => answered?.answers.find(one => one.id === id)?.answer ?? '';
  return (
    <form class="card" method="post" action={`/consultations/${consultation.id}/questionnaire`}>
      <p>{w.text}</p>
      <p class="small">
        {w.emergency} <Emergency frame={frame} />
      </p>
      {tooLong.length > 0 && (
        <div class="errors" role="alert" tabIndex={-1}>
          <h2>{w.tooLongHeading}</h2>
          <ul>
            {tooLong.map(id => (
              <li>
                <a href={`#${id}`}>{w.tooLong}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <input type="hidden" name="version" value={answered?.version ?? 0} />
      {questions.map(question => {
        const isWrong = tooLong.includes(question.id);
        return (
          <div class="field">
            <label for={question.id}>{question[frame.lang]}</label>
            {isWrong && <FieldMistake frame={frame} id={`${question.id}-error`} text={w.tooLong} />}
            <textarea
              id={question.id}
              name={question.id}
              rows={2}
              aria-describedby={isWrong ? `${question.id}-error` : undefined}
              aria-invalid={isWrong ? 'true' : undefined}
            >
              {answerTo(question.id)}
            </textarea>
          </div>
        );
      })}
      <div class="acts">
        <button class="button">{w.save}</button>
      </div>
    </form>
  );
}

function Told({ frame, answered }: { readonly frame: Frame; readonly answered: Answered }) {
  const w = wordsOf(frame.lang).questionnaire;
  return (
    <section class="card">
      <h2>{w.answered}</h2>
      <dl class="facts">
        {answered.answers.map(one => (
          <div>
            <dt>{one[frame.lang]}</dt>
            <dd>{one.answer === '' ? w.empty : one.answer}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
