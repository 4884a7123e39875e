// The sign-in page: Gosuslugi first, the code by mail second. There are no passwords.
import { Layout } from '../layout.tsx';
import type { FieldError, Frame } from '../model.ts';
import { EMAIL_INPUT, ErrorSummary, errorOf, Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

type SignInError = 'refused' | 'failed' | 'stale' | 'slow' | 'nameless';

export interface SignInPageProps {
  readonly frame: Frame;
  readonly error: SignInError | null;
  /** Errors of the code form; the field is `email`. */
  readonly errors: readonly FieldError[];
  /** The address that was typed. */
  readonly email: string;
  /** The local path to return to. */
  readonly next: string | null;
}

export function SignInPage({ frame, error, errors, email, next }: SignInPageProps) {
  const w = wordsOf(frame.lang).signIn;
  const gosuslugi = next === null ? '/sign-in/gosuslugi' : `/sign-in/gosuslugi?next=${encodeURIComponent(next)}`;
  return (
    <Layout frame={frame} title={w.title} current={null} solo>
      <div class="stack loose">
        {error && <Notice tone="warn" icon="alert" role="alert" lead={w.errors[error].lead} text={w.errors[error].text} />}
        <ErrorSummary frame={frame} heading={w.summary} errors={errors} />
        <div class="stack tight">
          <h1>{w.heading}</h1>
          <p class="lead">{w.lead}</p>
        </div>
        <div class="card">
          <a class="button gosuslugi big wide" href={gosuslugi}>
            {w.gosuslugi}
          </a>
          <p class="small muted">{w.gosuslugiWhy}</p>
        </div>
        <CodeRequest frame={frame} errors={errors} email={email} next={next} />
        <div class="stack tight small muted">
          <p>
            <b>{w.noAccount}</b> <a href="/help/sign-in">{w.noAccountHow}</a>
          </p>
          <p>{w.staff}</p>
          <p>
            <a href="/online">{w.guests}</a>
          </p>
        </div>
      </div>
    </Layout>
  );
}

function CodeRequest({ frame, errors, email, next }: Omit<SignInPageProps, 'error'>) {
  const w = wordsOf(frame.lang).signIn;
  return (
    <div class="card flat">
      <h2>{w.byCode}</h2>
      <p class="small muted">{w.byCodeWhy}</p>
      <form class="stack" method="post" action="/sign-in/code" noValidate>
        {next !== null && <input type="hidden" name="next" value={next} />}
        <Field
          frame={frame}
          name="email"
          label={w.email}
          error={errorOf(frame, errors, 'email')}
          input={{ ...EMAIL_INPUT, value: email }}
        />
        <div class="acts">
          <button class="button quiet wide">{w.getCode}</button>
        </div>
      </form>
    </div>
  );
}
