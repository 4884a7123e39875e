// «Проверка протокола»: what anyone who has the document may see about it. Three states: the form for a code, no such protocol, and the
// signed protocol.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { assertNever } from '../../workflows/rules/assert-never.ts';
import { Empty } from '../parts/empty.tsx';
import { Field } from '../parts/field.tsx';
import { Phone } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Signed } from './signed.tsx';
import type { Verified } from '../../workflows/rules/verification.ts';

export type VerifyView = { readonly kind: 'ask' } | { readonly kind: 'unknown' } | ({ readonly kind: 'signed' } & Verified);

export interface VerifyPageProps {
  readonly frame: Frame;
  readonly view: VerifyView;
}

export function VerifyPage({ frame, view }: VerifyPageProps) {
  const w = wordsOf(frame.lang).verify;
  return (
    <Layout frame={frame} title={w.title} current={null} solo head={<meta name="robots" content="noindex, nofollow" />}>
      <Face frame={frame} view={view} />
    </Layout>
  );
}

function Face({ frame, view }: VerifyPageProps) {
  const w = wordsOf(frame.lang).verify;
  switch (view.kind) {
    case 'ask':
      return (
        <div class="stack">
          <h1>{w.title}</h1>
          <p class="lead">{w.lead}</p>
          <CodeForm frame={frame} />
        </div>
      );
    case 'unknown':
      return (
        <Empty heading={w.unknown} top>
          <p>{w.unknownText}</p>
          <CodeForm frame={frame} />
          <p class="small muted">
            {w.unknownPhone} <Phone frame={frame} />
          </p>
        </Empty>
      );
    case 'signed':
      return <Signed frame={frame} verified={view} />;
    default:
      return assertNever(view);
  }
}

function CodeForm({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).verify;
  return (
    <form action="/verify" method="get" class="stack tight">
      <Field
        frame={frame}
        name="code"
        label={w.code}
        hint={w.codeHint}
        input={{ type: 'text', required: true, maxLength: 60, autocomplete: 'off', autocapitalize: 'characters', spellcheck: false }}
      />
      <button class="button">{w.check}</button>
    </form>
  );
}
