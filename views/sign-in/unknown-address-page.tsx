// The code was right, but no identified person has this address. Only Gosuslugi can identify the person.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Rich } from '../parts/rich.tsx';
import { wordsOf } from '../words.ts';

export interface UnknownAddressPageProps {
  readonly frame: Frame;
  readonly email: string;
}

export function UnknownAddressPage({ frame, email }: UnknownAddressPageProps) {
  const w = wordsOf(frame.lang).signIn;
  return (
    <Layout frame={frame} title={w.unknownTitle} current={null} solo>
      <div class="stack loose">
        <div class="stack tight">
          <Crumb href="/sign-in">{w.unknownOther}</Crumb>
          <h1>{w.unknownTitle}</h1>
          <p class="lead">
            <Rich text={w.unknownLead} fill={{ email: <b>{email}</b> }} />
          </p>
        </div>
        <div class="card">
          <p>{w.unknownText}</p>
          <a class="button gosuslugi big wide" href="/sign-in/gosuslugi">
            {w.gosuslugi}
          </a>
        </div>
        <p class="small muted">
          <b>{w.noAccount}</b> <a href="/help/sign-in">{w.noAccountHow}</a>
        </p>
      </div>
    </Layout>
  );
}
