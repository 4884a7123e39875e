// Pictures of the signed sheet. Turning and enlarging are done by the style sheet, so they work without script.
import type { ClaimPhoto, ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import { sizeText } from '../card/size.ts';
import { momentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';

const TURNS = ['0', '90', '180', '270'] as const;

export function Photos({ frame, screen }: { readonly frame: Frame; readonly screen: ClaimScreen }) {
  const w = wordsOf(frame.lang).finance;
  const shown = screen.photos.filter(({ removed }) => removed === null);
  const removed = screen.photos.flatMap(photo => (photo.removed === null ? [] : [{ ...photo, removed: photo.removed }]));
  return (
    <section class="card" aria-labelledby="photos">
      <h2 id="photos">{w.photos}</h2>
      {shown.length === 0 && <p class="muted">{w.noPhotos}</p>}
      {shown.map((photo, i) => (
        <Photo frame={frame} claimId={screen.claim.id} photo={photo} title={w.photoOf(i + 1, shown.length, photo.name)} />
      ))}
      {removed.length > 0 && (
        <ul class="small muted">
          {removed.map(photo => (
            <li>{w.removed(photo.name, momentOf(photo.removed.at, frame), photo.removed.by)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface PhotoProps {
  readonly frame: Frame;
  readonly claimId: string;
  readonly photo: ClaimPhoto;
  readonly title: string;
}

function Photo({ frame, claimId, photo, title }: PhotoProps) {
  const w = wordsOf(frame.lang).finance;
  const href = `/finance/claims/${claimId}/files/${photo.id}`;
  const isPdf = photo.type === 'application/pdf';
  return (
    <div class="photo stack tight">
      <p class="small muted">
        {title}, {sizeText(photo.bytes, frame.lang)}, {momentOf(photo.at, frame)}, {photo.source === 'letter' ? w.fromLetter : w.fromUpload}
      </p>
      {!isPdf && (
        <>
          <div class="chips">
            {TURNS.map(turn => (
              <label class="choice">
                <input type="radio" name={`turn-${photo.id}`} value={turn} checked={turn === '0'} />
                <span>{w.turns[turn]}</span>
              </label>
            ))}
            <label class="choice">
              <input type="checkbox" class="zoom" />
              <span>{w.zoom}</span>
            </label>
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and a keyboard has to reach it */}
          <div class="frame" tabIndex={0} role="group" aria-label={title}>
            <img src={href} alt={title} loading="lazy" />
          </div>
        </>
      )}
      <div class="acts">
        <a class="button quiet" href={href}>
          <Icon name={isPdf ? 'doc' : 'full'} />
          {isPdf ? w.openPdf : w.download}
        </a>
        <details>
          <summary>{w.remove}</summary>
          <form method="post" action={`${href}/removal`} class="stack tight">
            <p class="small muted">{w.removeHint}</p>
            <div class="acts">
              <button class="button bad">{w.remove}</button>
            </div>
          </form>
        </details>
      </div>
    </div>
  );
}
