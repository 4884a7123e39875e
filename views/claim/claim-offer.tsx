// «Вернуть оплату» on the consultation's page and in the history: a link to the form, a link to the claim, or why no application is needed.
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import type { ClaimLink, ClaimOffer } from '../../workflows/rules/claim-offer.ts';

interface Props {
  readonly frame: Frame;
  readonly consultationId: string;
  readonly offer: ClaimOffer;
}

/** On the consultation's page. */
export function ToClaim({ frame, consultationId, offer }: Props) {
  const w = wordsOf(frame.lang).claim;
  const before = offer.kind === 'open' ? null : offer.before;
  return (
    <>
      {offer.kind === 'not' && <p class="small muted">{w.notOffered[offer.why]}</p>}
      {(offer.kind !== 'not' || before !== null) && (
        <ul class="list" role="list">
          {offer.kind === 'offered' && (
            <Row href={`/consultations/${consultationId}/refund-claim`} icon="ruble" text={w.offer} hint={w.offerHint} />
          )}
          {offer.kind === 'open' && <ClaimRow frame={frame} claim={offer.claim} text={w.openLink(offer.claim.number)} />}
          {before !== null && <ClaimRow frame={frame} claim={before} text={w.beforeLink(before.number)} />}
        </ul>
      )}
    </>
  );
}

const ClaimRow = ({ frame, claim, text }: { readonly frame: Frame; readonly claim: ClaimLink; readonly text: string }) => (
  <Row href={`/refund-claims/${claim.id}`} icon="doc" text={text} hint={wordsOf(frame.lang).claim.states[claim.state]} />
);

function Row({
  href,
  icon,
  text,
  hint,
}: {
  readonly href: string;
  readonly icon: 'ruble' | 'doc';
  readonly text: string;
  readonly hint: string;
}) {
  return (
    <li>
      <a class="go" href={href}>
        <Icon name={icon} />
        <span>
          {text}
          <small>{hint}</small>
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}

/** In a talon of the history. Its money line says already that nothing was paid or that everything is back. */
export function ClaimButton({ frame, consultationId, offer }: Props) {
  const w = wordsOf(frame.lang).claim;
  if (offer.kind === 'offered')
    return (
      <a class="button plain" href={`/consultations/${consultationId}/refund-claim`}>
        {w.offer}
      </a>
    );
  const claim = offer.kind === 'open' ? offer.claim : offer.before;
  if (claim === null) return null;
  return (
    <a class="button plain" href={`/refund-claims/${claim.id}`}>
      {w.openLink(claim.number)}
    </a>
  );
}

/** Why no application is needed, where the money line does not say it. */
export const whyNoClaim = (frame: Frame, offer: ClaimOffer): string | null =>
  offer.kind === 'not' && (offer.why === 'byRule' || offer.why === 'returning') ? wordsOf(frame.lang).claim.notOffered[offer.why] : null;
