// The page that another device shows when it opens the address: who will be signed in, and into which visit. Opening only asks, because
// link previews also open addresses.
import { momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface HandoverPageProps {
  readonly frame: Frame;
  /** Posted again with the button. */
  readonly token: string;
  /** «Анна Т.» */
  readonly name: string;
  readonly doctor: Doctor | null;
  readonly startsAt: number;
  /** Who is signed in on this device now, when it is somebody else; null otherwise. */
  readonly instead: string | null;
  /** This device is already signed in as the same person and stays signed in. */
  readonly isOwn: boolean;
}

export function HandoverPage({ frame, token, name, doctor, startsAt, instead, isOwn }: HandoverPageProps) {
  const w = wordsOf(frame.lang).handover;
  const moment = momentOf(startsAt, frame);
  return (
    <Layout frame={frame} title={w.title} current={null} solo>
      <h1>{w.question}</h1>
      <dl class="facts">
        <div>
          <dt>{w.who}</dt>
          <dd>
            <b>{name}</b>
          </dd>
        </div>
        <div>
          <dt>{w.visit}</dt>
          <dd>{doctor ? w.withDoctor(moment, doctorName(doctor, frame.lang)) : moment}</dd>
        </div>
      </dl>
      {instead !== null && <Notice tone="warn" icon="alert" text={w.instead(instead)} />}
      <form class="stack" method="post" action="/handover">
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="take" value="1" />
        <button class="button big wide">{w.proceed}</button>
        <p class="small muted">
          {w.closes} {isOwn ? '' : w.lasts}
        </p>
        <p class="small muted">{w.notYou}</p>
      </form>
    </Layout>
  );
}
