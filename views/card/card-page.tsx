// «Медицинская карта»: everything that doctors wrote and that anybody added, for the patient, a child's guardian and the treating doctor.
import type { Frame } from '../model.ts';
import { Layout } from '../layout.tsx';
import { Crumb } from '../parts/crumb.tsx';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { cardAddress, isOwn } from './card-address.ts';
import { Kinds, Narrow, SearchForm } from './card-filters.tsx';
import type { CardView } from './card-view.ts';
import { Entries } from './entries.tsx';
import { FoundList } from './found.tsx';
import { UploadForm } from './upload-form.tsx';

export interface CardPageProps {
  readonly frame: Frame;
  readonly view: CardView;
}

export function CardPage({ frame, view }: CardPageProps) {
  const w = wordsOf(frame.lang).card;
  const { owner } = view;
  const own = isOwn(owner);
  const title = owner.relation === 'self' ? w.title : w.titleOf(owner.name);
  const isEmpty = view.counts.protocol + view.counts.file + view.counts.upload === 0;
  return (
    <Layout frame={frame} title={title} current={own ? 'card' : 'desk'} staff={!own}>
      <Head frame={frame} view={view} title={title} />
      {view.removed !== null && <Removed frame={frame} removed={view.removed} />}
      <div class={own ? 'split' : 'stack'}>
        <div class="stack">
          {!isEmpty && <SearchForm frame={frame} view={view} />}
          {view.found !== null ? (
            <FoundList frame={frame} view={view} found={view.found} />
          ) : (
            <>
              {!isEmpty && <Kinds frame={frame} view={view} />}
              {!isEmpty && <Narrow frame={frame} view={view} />}
              <Timeline frame={frame} view={view} isEmpty={isEmpty} />
            </>
          )}
        </div>
        {own && (
          <aside class="stack">
            <UploadForm frame={frame} owner={owner} end={view.upload} />
            {!isEmpty && <Archive frame={frame} view={view} />}
          </aside>
        )}
      </div>
    </Layout>
  );
}

function Head({ frame, view, title }: CardPageProps & { readonly title: string }) {
  const words = wordsOf(frame.lang);
  const w = words.card;
  const { owner, profiles } = view;
  const lead = { self: w.lead, guardian: w.leadChild, treating: w.leadDoctor, reason: w.leadReason }[owner.relation];
  return (
    <div class="stack tight">
      {!isOwn(owner) && <Crumb href="/desk">{words.room.toDesk}</Crumb>}
      <h1>{title}</h1>
      <p class="muted">{lead}</p>
      {isOwn(owner) && profiles.length > 0 && (
        <nav aria-label={w.profiles}>
          <ul class="tabs">
            <li>
              <a href="/card" aria-current={owner.relation === 'self' ? 'page' : undefined}>
                {w.mine}
              </a>
            </li>
            {profiles.map(({ id, name }) => (
              <li>
                <a href={`/card?person=${id}`} aria-current={id === owner.patientId ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {isOwn(owner) && (
        <div class="acts">
          <a class="button plain" href={owner.relation === 'self' ? '/card/access' : `/card/access?person=${owner.patientId}`}>
            {owner.relation === 'self' ? w.whoLooked : w.whoLookedChild}
          </a>
          <a class="button plain" href="#add">
            {w.add}
          </a>
        </div>
      )}
    </div>
  );
}

function Timeline({ frame, view, isEmpty }: CardPageProps & { readonly isEmpty: boolean }) {
  const w = wordsOf(frame.lang).card;
  if (view.entries.length === 0) return <Nothing frame={frame} view={view} isEmpty={isEmpty} />;
  return (
    <>
      <Entries frame={frame} owner={view.owner} entries={view.entries} />
      {view.before !== null && (
        <nav class="acts" aria-label={w.pages}>
          <a class="button quiet" href={cardAddress(view.owner, view.filter, view.before)}>
            {w.older}
          </a>
        </nav>
      )}
    </>
  );
}

function Nothing({ frame, view, isEmpty }: CardPageProps & { readonly isEmpty: boolean }) {
  const w = wordsOf(frame.lang).card;
  const { kind } = view.filter;
  const own = isOwn(view.owner);
  if (isEmpty) return <Empty heading={w.empty}>{<p>{own ? w.emptyText : w.emptyDoctor}</p>}</Empty>;
  if (kind !== null && view.counts[kind] === 0) return <Empty heading={w.emptyKind[kind]}>{own && <p>{w.emptyKindText[kind]}</p>}</Empty>;
  return (
    <Empty heading={w.emptyFilter}>
      <a class="button quiet" href={cardAddress(view.owner)}>
        {w.showAll}
      </a>
    </Empty>
  );
}

function Removed({ frame, removed }: { readonly frame: Frame; readonly removed: { readonly id: string; readonly name: string } }) {
  const w = wordsOf(frame.lang).card;
  return (
    <Notice tone="info" icon="info" role="status" lead={w.removed(removed.name)} text={w.removedText}>
      <form class="acts" method="post" action={`/card/files/${removed.id}/removal`}>
        <button class="button quiet" name="back" value="1">
          <Icon name="back" />
          {w.back}
        </button>
      </form>
    </Notice>
  );
}

function Archive({ frame, view }: CardPageProps) {
  const w = wordsOf(frame.lang).card;
  return (
    <section class="card tight" aria-labelledby="archive">
      <h2 id="archive">{w.archive}</h2>
      <p class="small muted">{w.archiveText}</p>
      <form class="acts" method="post" action="/card/archive">
        {view.owner.relation === 'guardian' && <input type="hidden" name="person" value={view.owner.patientId} />}
        <button class="button quiet">{w.archiveDo}</button>
      </form>
    </section>
  );
}
