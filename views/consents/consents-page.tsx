// The documents that a patient signs: each one separately, none ticked in advance; any of them can be refused or withdrawn.
import { Layout } from '../layout.tsx';
import type { ConsentDocument } from '../../workflows/rules/consent.ts';
import type { FieldError, Frame } from '../model.ts';
import { ErrorSummary, errorOf, Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { Rich } from '../parts/rich.tsx';
import { fullNameOf } from '../../workflows/rules/person.ts';
import { wordsOf } from '../words.ts';
import { OwnData } from './own-data.tsx';
import { ReadDocument, SignedDocument, UnsignedDocument } from './document-card.tsx';

export interface ConsentsPageProps {
  readonly frame: Frame;
  readonly documents: readonly ConsentDocument[];
  /** Field `document-{id}` for one of them, `document` for the whole form, `birthDate`. */
  readonly errors: readonly FieldError[];
  /** What was typed as the date of birth, which is asked for when Gosuslugi did not give it. */
  readonly birthDate?: string;
  /** How the viewer has just signed in; null when the page was opened later. */
  readonly cameBy: 'gosuslugi' | 'code' | null;
  readonly done: 'saved' | 'withdrawn' | null;
  readonly next: string | null;
}

export function ConsentsPage(props: ConsentsPageProps) {
  const { frame, documents, errors, done, next } = props;
  const w = wordsOf(frame.lang).consents;
  const unsigned = documents.filter(d => d.signedAt === null);
  if (frame.viewer === null) return <GuestPage {...props} />;
  return (
    <Layout frame={frame} title={w.title} current={null}>
      <ErrorSummary frame={frame} heading={w.errorsHeading} errors={errors} />
      <div class="stack tight">
        <h1>{unsigned.length > 0 ? w.heading(unsigned.length) : w.allSigned}</h1>
        <p class="lead">{unsigned.length > 0 ? w.lead : w.leadSigned}</p>
      </div>
      {done && <Notice tone="ok" icon="done" role="status" lead={w[done].lead} text={w[done].text} />}
      <CameBy {...props} />
      {unsigned.length > 0 && <SignForm {...props} />}
      {documents
        .filter(d => d.signedAt !== null)
        .map(document => (
          <SignedDocument frame={frame} document={document} />
        ))}
      {unsigned.length === 0 && <OwnData frame={frame} />}
      {unsigned.length === 0 && (
        <div class="acts">
          <a class="button" href={next ?? '/online'}>
            {w.onward}
          </a>
        </div>
      )}
    </Layout>
  );
}

/** Everyone may read the documents; only people who signed in may sign them. */
function GuestPage({ frame, documents }: ConsentsPageProps) {
  const words = wordsOf(frame.lang);
  return (
    <Layout frame={frame} title={words.consents.title} current={null}>
      <h1>{words.consents.title}</h1>
      {documents.map(document => (
        <ReadDocument frame={frame} document={document} />
      ))}
      <div class="acts">
        <a class="button quiet" href="/sign-in?next=%2Fconsents">
          {words.frame.signIn}
        </a>
        <p class="why">{words.consents.guestWhy}</p>
      </div>
    </Layout>
  );
}

function SignForm({ frame, documents, errors, birthDate, next }: ConsentsPageProps) {
  const w = wordsOf(frame.lang).consents;
  const isBornUnknown = frame.viewer !== null && frame.viewer.birthDate === null;
  return (
    <form class="stack" id="document" method="post" action="/consents">
      {next !== null && <input type="hidden" name="next" value={next} />}
      {documents
        .filter(d => d.signedAt === null)
        .map(document => (
          <UnsignedDocument frame={frame} document={document} errors={errors} />
        ))}
      {isBornUnknown && (
        <Field
          frame={frame}
          name="birthDate"
          label={w.birthDate}
          hint={w.birthDateHint}
          error={errorOf(frame, errors, 'birthDate')}
          input={{ class: 'mid', type: 'date', autoComplete: 'bday', required: true, value: birthDate ?? '' }}
        />
      )}
      <div class="acts">
        <button class="button big wide">{w.save}</button>
        <p class="why">{w.saveWhy}</p>
      </div>
      <p class="small muted">
        {w.note} <a href={next ?? '/online'}>{w.later}</a>
      </p>
    </form>
  );
}

function CameBy({ frame, cameBy }: ConsentsPageProps) {
  const w = wordsOf(frame.lang).consents;
  const { viewer } = frame;
  if (cameBy === null || viewer === null) return null;
  const name = <b>{fullNameOf(viewer)}</b>;
  const text = cameBy === 'code' ? w.cameByCode : viewer.identified ? w.cameByGosuslugi : w.cameByGosuslugiUnconfirmed;
  const confirmed = cameBy === 'code' || viewer.identified;
  return (
    <Notice tone={confirmed ? 'ok' : 'info'} icon={confirmed ? 'done' : 'info'}>
      <p>
        <Rich text={text} fill={{ name }} />
      </p>
    </Notice>
  );
}
