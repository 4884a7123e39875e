// «Расскажите врачу заранее»: the questionnaire before a visit. Open from the payment until the doctor's conclusion.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { QuestionnairePage } from '../../../views/index.ts';
import { ANSWER_CHARACTERS, questionnaireIs, type Answered } from '../../../workflows/rules/questionnaire.ts';
import { idOf } from '../../http/address.ts';
import { answersRead, keepAnswers, questionsRead } from '../../data/questionnaires.ts';
import { ownConsultationRead } from '../../data/consultations.ts';
import type { HonoEnv } from '../../world.ts';
import { countIn, formOf, parameterOf } from '../../http/form.ts';
import { drawn, goTo, seeViewer, stranger } from '../../http/page.tsx';

type C = Context<HonoEnv>;

export const questionnaires = new Hono<HonoEnv>()
  .get('/consultations/:id/questionnaire', requires('signedIn'), async c => {
    const own = await seeOwn(c);
    return own.kind === 'refused' ? own.answer : drawn(c, <QuestionnairePage {...own.props} isSaved={parameterOf(c, 'saved') === '1'} />);
  })

  .post('/consultations/:id/questionnaire', requires('signedIn'), async c => {
    const form = await formOf(c);
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    const { props, viewer } = own;
    if (props.state !== 'open') return drawn(c, <QuestionnairePage {...props} />, 409);
    const answers = props.questions.map(question => ({
      ...question,
      answer: (form.get(question.id) ?? '').trim(),
    }));
    const base = countIn(form, 'version') ?? 0;
    const typed: Answered = { version: base, at: c.var.now, answers };
    const tooLong = answers.filter(({ answer }) => answer.length > ANSWER_CHARACTERS).map(({ id }) => id);
    if (tooLong.length > 0) return drawn(c, <QuestionnairePage {...props} answered={typed} tooLong={tooLong} />, 422);
    // A repeated click.
    if (isSame(props.answered, typed)) return goTo(c, `${c.req.path}?saved=1`);
    const answering = { consultationId: props.consultation.id, personId: viewer.id, sessionId: viewer.sessionId, base, answers };
    const kept = await keepAnswers(c.var.db, answering, c.var.now);
    if (kept === 'kept') return goTo(c, `${c.req.path}?saved=1`);
    if (kept === 'closed') return drawn(c, <QuestionnairePage {...props} state="closed" />, 409);
    const standing = props.answered?.version ?? base + 1;
    return drawn(c, <QuestionnairePage {...props} answered={{ ...typed, version: standing }} isStale />, 409);
  });

async function seeOwn(c: C) {
  const id = idOf(c);
  const seen = await seeViewer(c, asker => ({
    consultation: ownConsultationRead(asker, id),
    questions: questionsRead(id),
    answered: answersRead(asker, id),
  }));
  const { consultation, questions, answered } = seen.data;
  if (!consultation) return { kind: 'refused', answer: stranger(c, seen) } as const;
  const state = questionnaireIs(consultation.facts);
  return { kind: 'own', viewer: seen.viewer, props: { frame: seen.frame, consultation, questions, answered, state } } as const;
}

const isSame = (standing: Answered | null, typed: Answered): boolean =>
  standing !== null && standing.answers.every(({ id, answer }) => typed.answers.find(one => one.id === id)?.answer === answer);
