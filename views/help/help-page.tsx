// «Помощь»: the guide, the frequent questions (filtered by ?q= on the server), the phone.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Emergency, Notice, Phone } from '../parts/notice.tsx';
import { type Words, wordsOf } from '../words.ts';
import { helpOf } from './settings.ts';
import { GUIDE_STEPS, type GuideStep } from './steps.ts';

export interface HelpPageProps {
  readonly frame: Frame;
  readonly query: string;
}

type Question = Words['help']['faq'][number];

const STEP_ICON = {
  'sign-in': 'key',
  choose: 'calendar',
  pay: 'ruble',
  connect: 'video',
  protocol: 'doc',
  refund: 'back',
} satisfies Record<GuideStep, IconName>;

export function HelpPage({ frame, query }: HelpPageProps) {
  const w = helpOf(frame);
  const found = questionsFor(w.faq, query);
  return (
    <Layout frame={frame} title={w.title} current="help">
      <h1>{w.title}</h1>
      <Search frame={frame} query={query} />
      {query.trim() === '' && <Guide frame={frame} />}
      <section class="stack" aria-labelledby="questions">
        <h2 id="questions">{query.trim() === '' ? w.questions : w.found(found.length)}</h2>
        {found.length === 0 ? <p>{w.nothing}</p> : <Questions frame={frame} questions={found} open={query.trim() !== ''} />}
        {query.trim() !== '' && (
          <p>
            <a href="/help">{w.all}</a>
          </p>
        )}
      </section>
      <section class="card">
        <h2>{w.phoneHeading}</h2>
        <p>
          {w.phone} <Phone frame={frame} />
        </p>
      </section>
      <Notice tone="bad" icon="phone" role="note">
        <p>
          <Emergency frame={frame} />
        </p>
      </Notice>
    </Layout>
  );
}

/** Returns the questions that contain every word of the query. Words are cut to their first five letters, so that endings do not matter. */
function questionsFor(faq: readonly Question[], query: string): Question[] {
  const stems = query
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 1)
    .map(word => (word.length > 5 ? word.slice(0, 5) : word));
  return faq.filter(({ question, answer }) => {
    const text = `${question} ${answer}`.toLowerCase().replaceAll('ё', 'е');
    return stems.every(stem => text.includes(stem));
  });
}

function Search({ frame, query }: HelpPageProps) {
  const w = helpOf(frame);
  return (
    <form role="search" class="stack tight" action="/help">
      <div class="field">
        <label for="q">{w.search}</label>
        <p class="hint" id="q-hint">
          {w.searchHint}
        </p>
        <div class="row">
          <div class="grow">
            <input id="q" name="q" type="search" aria-describedby="q-hint" value={query} maxLength={100} />
          </div>
          <button class="button quiet">
            <Icon name="search" />
            {w.searchDo}
          </button>
        </div>
      </div>
    </form>
  );
}

function Guide({ frame }: { readonly frame: Frame }) {
  const w = helpOf(frame);
  const { check } = wordsOf(frame.lang);
  return (
    <section class="stack" aria-labelledby="guide">
      <h2 id="guide">{w.guide}</h2>
      <ul class="list" role="list">
        {GUIDE_STEPS.map(step => (
          <li>
            <a class="go" href={`/help/${step}`}>
              <Icon name={STEP_ICON[step]} />
              <span>
                <b>{w.steps[step].title}</b>
                <small>{w.steps[step].note}</small>
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
        <li>
          <a class="go" href="/check">
            <Icon name="net" />
            <span>
              <b>{check.link}</b>
              <small>{check.linkNote}</small>
            </span>
            <Icon name="right" />
          </a>
        </li>
      </ul>
    </section>
  );
}

function Questions({ frame, questions, open }: { readonly frame: Frame; readonly questions: readonly Question[]; readonly open: boolean }) {
  const w = helpOf(frame);
  return (
    <ul class="list" role="list">
      {questions.map(({ question, answer, step }) => (
        <li>
          <details open={open}>
            <summary>{question}</summary>
            <div class="stack tight">
              <p>{answer}</p>
              <p>
                <a href={`/help/${step}`}>
                  {w.more}
                  <span class="away">: {w.steps[step].title}</span>
                </a>
              </p>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
