// The whole card is too large for one download: says how large it is and what to do instead.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Phone } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { sizeText } from './size.ts';

export interface ArchiveTooMuchPageProps {
  readonly frame: Frame;
  readonly bytes: number;
  readonly limitBytes: number;
  readonly back: string;
}

export function ArchiveTooMuchPage({ frame, bytes, limitBytes, back }: ArchiveTooMuchPageProps) {
  const w = wordsOf(frame.lang).card;
  return (
    <Layout frame={frame} title={w.archiveTooMuch} current="card">
      <Empty heading={w.archiveTooMuch} top>
        <p>{w.archiveTooMuchText(sizeText(bytes, frame.lang), sizeText(limitBytes, frame.lang))}</p>
        <p>
          <Phone frame={frame} />
        </p>
        <a class="button quiet" href={back}>
          {w.back1}
        </a>
      </Empty>
    </Layout>
  );
}
