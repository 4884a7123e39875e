// One document on the page of consents: not signed yet, or signed, with its date and a way to withdraw.
import { documentDateOf, momentOf } from '../format.ts';
import type { ConsentDocument } from '../../workflows/rules/consent.ts';
import type { FieldError, Frame } from '../model.ts';
import { errorOf, FieldMistake } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Rich } from '../parts/rich.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

interface DocumentProps {
  readonly frame: Frame;
  readonly document: ConsentDocument;
}

export function UnsignedDocument({ frame, document, errors }: DocumentProps & { readonly errors: readonly FieldError[] }) {
  const { lang } = frame;
  const w = wordsOf(lang).consents;
  const id = `document-${document.id}`;
  const error = errorOf(frame, errors, id);
  return (
    <section class="card" aria-labelledby={`${id}-h`}>
      <About frame={frame} document={document} />
      <div class="field">
        {error && <FieldMistake frame={frame} id={`${id}-error`} text={error} />}
        <label class="choice">
          <input
            type="checkbox"
            id={id}
            name="document"
            value={document.id}
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
          />
          <span>
            {w.agree}
            <span class="away">: {document.title[lang]}</span>
            <small>{document.without[lang]}</small>
          </span>
        </label>
      </div>
    </section>
  );
}

export function SignedDocument({ frame, document }: DocumentProps) {
  const { lang } = frame;
  const w = wordsOf(lang).consents;
  const signedAt = document.signedAt ?? 0;
  const time = (
    <Time frame={frame} at={signedAt}>
      {momentOf(signedAt, frame)}
    </Time>
  );
  return (
    <section class="card" aria-labelledby={`document-${document.id}-h`}>
      <About frame={frame} document={document} />
      <p>
        <span class="tag ok">
          <Icon name="done" />
          <span>
            <Rich text={w.signedAt} fill={{ time }} />
          </span>
        </span>
      </p>
      <form class="acts" method="post" action="/consents/withdraw">
        <input type="hidden" name="document" value={document.id} />
        <button class="button plain bad">
          {w.withdraw}
          <span class="away">: {document.title[lang]}</span>
        </button>
        <p class="why">
          {document.without[lang]} {w.withdrawWhy}
        </p>
      </form>
    </section>
  );
}

export function ReadDocument({ frame, document }: DocumentProps) {
  return (
    <section class="card" aria-labelledby={`document-${document.id}-h`}>
      <About frame={frame} document={document} />
      <p class="small">{document.without[frame.lang]}</p>
    </section>
  );
}

function About({ frame, document }: DocumentProps) {
  const { lang } = frame;
  const w = wordsOf(lang).consents;
  return (
    <div class="stack tight">
      <h2 id={`document-${document.id}-h`}>{document.title[lang]}</h2>
      <p>{document.summary[lang]}</p>
      <p class="small muted">
        {w.version(document.version, documentDateOf(document.publishedAt, frame.clinic.zone, lang))} ·{' '}
        <a href={`/consents/${document.id}`}>
          {w.readWhole}
          <span class="away">: {document.title[lang]}</span>
        </a>
      </p>
    </div>
  );
}
