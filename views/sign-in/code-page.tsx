// Entering the code from the letter: six digits, valid for ten minutes, with a few attempts. The page never shows whether the address is
// known.
import { clinicClockOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { Rich } from '../parts/rich.tsx';
import { Time } from '../parts/time.tsx';
import { type Words, wordsOf } from '../words.ts';

type CodeError =
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'usedUp' }
  | { readonly kind: 'malformed'; readonly digits: number };

export interface CodePageProps {
  readonly frame: Frame;
  readonly email: string;
  readonly sentAt: number;
  /** What became of the letter. */
  readonly letter: 'sent' | 'sending' | 'failed';
  /** From when another letter can be requested. */
  readonly resendAt: number;
  /** How long a code is valid, minutes. */
  readonly minutes: number;
  readonly error: CodeError | null;
  readonly code: string;
  readonly next: string | null;
}

export function CodePage(props: CodePageProps) {
  const { frame, email, sentAt, letter, minutes, error, code, next } = props;
  const w = wordsOf(frame.lang).signIn;
  const time = (
    <Time frame={frame} at={sentAt}>
      {clinicClockOf(sentAt, frame)}
    </Time>
  );
  return (
    <Layout frame={frame} title={w.codeTitle} current={null} solo>
      <div class="stack loose">
        <div class="stack tight">
          <Crumb href="/sign-in">{w.otherWay}</Crumb>
          <h1>{w.codeHeading}</h1>
          {letter === 'failed' ? (
            <Notice tone="bad" icon="alert" role="alert" text={<Rich text={w.codeFailed} fill={{ email: <b>{email}</b> }} />} />
          ) : (
            <p class="lead">
              <Rich text={letter === 'sent' ? w.codeLead : w.codeSending} fill={{ email: <b>{email}</b>, time }} />
            </p>
          )}
        </div>
        <form class="card" method="post" action="/sign-in/code" noValidate>
          <Hidden email={email} next={next} />
          <Field
            frame={frame}
            name="code"
            label={w.code}
            hint={w.codeHint(minutes)}
            error={error && mistake(w, error)}
            input={{
              class: 'code',
              inputMode: 'numeric',
              autoComplete: 'one-time-code',
              // No maxLength: browsers would cut «Код: 006235» before its digits are found.
              required: true,
              value: code,
              autoFocus: error !== null,
            }}
          />
          <div class="acts">
            <button class="button wide">{w.enter}</button>
          </div>
        </form>
        <Resend {...props} />
      </div>
    </Layout>
  );
}

function Resend({ frame, email, letter, resendAt, next }: CodePageProps) {
  const w = wordsOf(frame.lang).signIn;
  // A letter that was not sent may be asked for again at once.
  const wait = letter === 'failed' ? 0 : Math.ceil((resendAt - frame.now) / 1000);
  return (
    <div class="stack tight">
      <p>
        <Rich text={w.noLetter} />
      </p>
      <form class="acts" method="post" action="/sign-in/code">
        <Hidden email={email} next={next} />
        <button class="button quiet" aria-disabled={wait > 0 ? 'true' : undefined} aria-describedby={wait > 0 ? 'again' : undefined}>
          {w.again}
        </button>
        {wait > 0 && (
          <span class="why" id="again" data-wait={wait}>
            {w.againWait(wait)}
          </span>
        )}
      </form>
      <p class="small muted">{w.ambiguous}</p>
    </div>
  );
}

function Hidden({ email, next }: Pick<CodePageProps, 'email' | 'next'>) {
  return (
    <>
      <input type="hidden" name="email" value={email} />
      {next !== null && <input type="hidden" name="next" value={next} />}
    </>
  );
}

function mistake(w: Words['signIn'], error: CodeError): string {
  switch (error.kind) {
    case 'wrong':
      return w.wrong(error.left);
    case 'malformed':
      return w.malformed(error.digits);
    case 'expired':
      return w.expired;
    case 'usedUp':
      return w.usedUp;
  }
}
