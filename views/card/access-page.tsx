// «Кто смотрел мою карту»: one sentence for each view by another person, with a doctor's reason in full; the reader's own views are folded.
import { dateOf, exactMomentOf, plainDay } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';
import { cardAddress } from './card-address.ts';
import type { CardOwner } from './card-view.ts';
import type { AccessEntry } from '../../workflows/rules/card.ts';

export interface AccessPageProps {
  readonly frame: Frame;
  readonly owner: CardOwner;
  readonly looks: readonly AccessEntry[];
  /** The reader's own latest views. */
  readonly own: readonly AccessEntry[];
  readonly before: string | null;
}

export function AccessPage({ frame, owner, looks, own, before }: AccessPageProps) {
  const w = wordsOf(frame.lang).card;
  const isSelf = owner.relation === 'self';
  const title = isSelf ? w.accessTitle : w.accessTitleOf(owner.name);
  const person = isSelf ? '' : `&person=${owner.patientId}`;
  return (
    <Layout frame={frame} title={title} current="card">
      <div class="stack tight">
        <Crumb href={cardAddress(owner)}>{isSelf ? w.back1 : w.titleOf(owner.name)}</Crumb>
        <h1>{title}</h1>
        <p class="muted">{w.accessLead}</p>
      </div>
      {looks.length === 0 ? (
        <Empty heading={w.accessEmpty}>
          <p>{w.accessEmptyText}</p>
        </Empty>
      ) : (
        <Lines frame={frame} looks={looks} />
      )}
      {before !== null && (
        <nav class="acts" aria-label={w.pages}>
          <a class="button quiet" href={`/card/access?before=${before}${person}`}>
            {w.older}
          </a>
        </nav>
      )}
      <details>
        <summary>{w.accessOwn}</summary>
        {own.length === 0 ? <p>{w.accessOwnNone}</p> : <Lines frame={frame} looks={own} isOwn />}
      </details>
    </Layout>
  );
}

interface LinesProps {
  readonly frame: Frame;
  readonly looks: readonly AccessEntry[];
  readonly isOwn?: boolean;
}

function Lines({ frame, looks, isOwn = false }: LinesProps) {
  const w = wordsOf(frame.lang).card;
  return (
    <ul class="list" role="list">
      {looks.map(look => (
        <li>
          {lineOf(frame, look, isOwn)}
          {look.reason !== null && <p class="small muted">{w.reasonSaid(look.reason)}</p>}
        </li>
      ))}
    </ul>
  );
}

/** «28 ноября, 13:05 (МСК): врач Борис Примеров открыл протокол приёма 27 ноября». */
function lineOf(frame: Frame, look: AccessEntry, isOwn: boolean): string {
  const w = wordsOf(frame.lang).card;
  const who = isOwn ? w.you : w.who[look.role](look.who);
  return w.line(exactMomentOf(look.at, frame), who, didOf(frame, look, isOwn));
}

function didOf(frame: Frame, look: AccessEntry, isOwn: boolean): string {
  const { did, what, fileUnknown } = wordsOf(frame.lang).card;
  const verbs = isOwn ? did.you : look.isFemale ? did.she : did.he;
  const day = look.visitAt === null ? '' : plainDay(dateOf(look.visitAt, frame.clinic.zone), frame.lang);
  switch (look.act) {
    case 'card':
      return what.card(verbs.opened);
    case 'protocol':
      return what.protocol(verbs.opened, day);
    case 'download':
      return what.download(verbs.downloaded, day);
    case 'file':
      return what.file(verbs.opened, look.fileName ?? fileUnknown);
    case 'archive':
      return what.archive(verbs.downloaded);
    case 'reason':
      return what.reason(verbs.wrote);
  }
}
