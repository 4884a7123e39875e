// The results of a search in the protocols of a card: the field, and the found words in their context.
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import { cardAddress } from './card-address.ts';
import type { CardView, Found } from './card-view.ts';
import { cardDoctorName, shortDay } from './entries.tsx';

export function FoundList({ frame, view, found }: { readonly frame: Frame; readonly view: CardView; readonly found: readonly Found[] }) {
  const w = wordsOf(frame.lang).card;
  return (
    <section class="stack" aria-labelledby="found">
      <h2 id="found">{w.searchHeading(view.filter.query)}</h2>
      {found.length === 0 ? (
        <Empty heading={w.searchEmpty}>
          <p>{w.searchEmptyText}</p>
        </Empty>
      ) : (
        <ul class="list" role="list">
          {found.map(one => (
            <FoundOne frame={frame} found={one} />
          ))}
        </ul>
      )}
      <p>
        <a href={cardAddress(view.owner)}>{w.showAll}</a>
      </p>
    </section>
  );
}

function FoundOne({ frame, found }: { readonly frame: Frame; readonly found: Found }) {
  const w = wordsOf(frame.lang).card;
  return (
    <li>
      <a class="go" href={`/card/protocols/${found.id}`}>
        <Icon name="doc" />
        <span>
          <b>{shortDay(frame, found.at)}</b>, {cardDoctorName(found.doctor, frame.lang)}
          <small>
            {w.fields[found.field]}: {found.pieces.map((piece, i) => (i % 2 === 1 ? <mark>{piece}</mark> : piece))}
          </small>
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}
