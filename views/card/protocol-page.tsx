// The page of one protocol: the document, its PDF, its other versions. For the patient, a child's guardian and the treating doctor.
import { dateOf, exactMomentOf, plainDay } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Icon } from '../parts/icon.tsx';
import { toneOf } from '../parts/tag.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { cardAddress, isOwn } from './card-address.ts';
import type { CardOwner } from './card-view.ts';
import { Paper } from './paper.tsx';
import { PDF_WAIT_MS, PdfState } from './pdf-state.tsx';
import type { PaperView } from '../../workflows/rules/card.ts';

export interface ProtocolPageProps {
  readonly frame: Frame;
  readonly owner: CardOwner;
  readonly paper: PaperView;
  readonly verifyAt: string;
}

export function ProtocolPage(props: ProtocolPageProps) {
  const { frame, owner, paper } = props;
  const w = wordsOf(frame.lang).card;
  const own = isOwn(owner);
  const lead = w.paperLead(plainDay(dateOf(paper.startsAt, frame.clinic.zone), frame.lang));
  return (
    <Layout frame={frame} title={lead} current={own ? 'card' : 'desk'} staff={!own}>
      <div>
        <Crumb href={cardAddress(owner)}>{owner.relation === 'self' ? w.back1 : w.titleOf(owner.name)}</Crumb>
        <div class="row apart">
          <p class="lead">{lead}</p>
          <span class="tag" data-tone={toneOf('published')}>
            <Icon name="doc" />
            {w.paperSigned}
          </span>
        </div>
      </div>
      <Older {...props} />
      <PdfState frame={frame} protocolId={paper.id} pdf={paper.pdf} until={frame.now + PDF_WAIT_MS} />
      <Paper {...props} />
      {paper.versions.length > 1 && <Versions {...props} />}
    </Layout>
  );
}

function Older({ frame, paper }: ProtocolPageProps) {
  const w = wordsOf(frame.lang).card;
  const latest = paper.versions.at(-1);
  if (latest === undefined || latest.id === paper.id) return null;
  return (
    <Notice tone="warn" icon="info" role="note" lead={w.versionOld} text={w.versionOldText}>
      <p>
        <a href={`/card/protocols/${latest.id}`}>{w.versionNew}</a>
      </p>
    </Notice>
  );
}

function Versions({ frame, paper }: ProtocolPageProps) {
  const w = wordsOf(frame.lang).card;
  return (
    <section class="card tight no-print" aria-labelledby="versions">
      <h2 id="versions">{w.versions}</h2>
      <ul>
        {paper.versions.toReversed().map(({ id, version, publishedAt }) => {
          const said = w.versionOf(version, exactMomentOf(publishedAt, frame));
          return <li>{id === paper.id ? `${said} (${w.versionThis})` : <a href={`/card/protocols/${id}`}>{said}</a>}</li>;
        })}
      </ul>
    </section>
  );
}
