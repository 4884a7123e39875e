// «Возвраты» for finance and the owner: the queue, one claim, and the acts on it. Everybody else gets 404. A page from before the claim has changed gets 409
// with what stands now, and keeps what was typed.
import { type Context, Hono } from 'hono';
import { FinanceClaimPage, type ClaimRefusal, ClaimsPage } from '../../../views/index.ts';
import { rub } from '../../../views/format.ts';
import type { Mistake } from '../../../views/finance/parts.tsx';
import { CLAIM_TABS, type ClaimTab } from '../../../workflows/rules/claim-queue.ts';
import { rolesFor } from '../../../workflows/rules/may.ts';
import { askMore, decide, type OnClaim, second } from '../../data/claim-decisions.ts';
import { readsSealedAccount, removesClaimFile } from '../../data/claim-desk.ts';
import { endedClaimsRead, moneyQueueRead, openClaimsRead } from '../../data/claim-queue.ts';
import { given } from '../../data/db.ts';
import { isId } from '../../data/ids.ts';
import { openedAccount } from '../../claims/sealed-account.ts';
import { claimDossier, claimFile, claimPaper } from '../../finance/claim-papers.ts';
import { type SeenClaim, seeClaim } from '../../finance/claim-screen.ts';
import { countIn, formOf, lineIn, parameterOf } from '../../http/form.ts';
import { drawn, goTo, see, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { deliverSoon } from '../../outbox.ts';
import type { HonoEnv } from '../../world.ts';
import { minorIn } from '../../finance/sum.ts';

type C = Context<HonoEnv>;
const ROLES = rolesFor('refunds');

export const financeClaims = new Hono<HonoEnv>()
  .get('/finance/claims', requires('refunds'), async c => {
    const tab = tabOf(c);
    const seen = await see(c, asker => ({
      open: openClaimsRead(asker, ROLES),
      money: moneyQueueRead(asker, ROLES),
      ended: tab === 'ended' ? endedClaimsRead(asker, ROLES) : given([]),
    }));
    return drawn(c, <ClaimsPage frame={seen.frame} tab={tab} queue={seen.data} />);
  })

  .get('/finance/claims/:id', requires('refunds'), async c => {
    const seen = await seeClaim(c, ROLES);
    if (seen.screen === null) return stranger(c, seen.seen);
    return drawn(c, <FinanceClaimPage frame={seen.seen.frame} screen={seen.screen} tab={tabOf(c)} />);
  })

  .post('/finance/claims/:id/decision', requires('refunds'), async c => {
    const form = await formOf(c);
    const seen = await seeClaim(c, ROLES);
    if (seen.screen === null) return stranger(c, seen.seen);
    const { claim } = seen.screen;
    const outcome = form.get('outcome') ?? '';
    const reason = (form.get('reason') ?? '').trim();
    const part = minorIn(lineIn(form, 'sum'));
    const amountMinor = outcome === 'full' ? claim.facts.amountMinor : outcome === 'refused' ? 0 : part;
    const mistakes: Mistake[] = [
      ...(['full', 'part', 'refused'].includes(outcome) ? [] : (['outcome'] as const)),
      ...(outcome === 'part' && (part === null || part === 0) ? (['sum'] as const) : []),
      ...(isSaid(reason) ? [] : (['reason'] as const)),
    ];
    const typed = { outcome, sum: lineIn(form, 'sum'), reason: reason.slice(0, 1000), text: '', mistakes };
    if (mistakes.length > 0 || amountMinor === null)
      return drawn(c, <FinanceClaimPage frame={seen.seen.frame} screen={seen.screen} tab="toDecide" typed={typed} />, 422);
    const end = await decide(c.var.db, { ...onClaim(seen.screen.claim, seen, form), amountMinor, reason }, c.var.now);
    return ended(c, end.kind === 'waits' ? { kind: 'decided' } : end, typed);
  })

  .post('/finance/claims/:id/second', requires('refunds'), async c => {
    const form = await formOf(c);
    const seen = await seeClaim(c, ROLES);
    if (seen.screen === null) return stranger(c, seen.seen);
    const decisionId = form.get('decision') ?? '';
    const agrees = form.get('word') === 'agree';
    if (!isId(decisionId) || !['agree', 'turnDown'].includes(form.get('word') ?? '')) return ended(c, { kind: 'stale' }, null);
    const end = await second(c.var.db, { ...onClaim(seen.screen.claim, seen, form), decisionId, agrees }, c.var.now);
    return ended(c, end.kind === 'turnedDown' ? { kind: 'decided' } : end, null);
  })

  .post('/finance/claims/:id/question', requires('refunds'), async c => {
    const form = await formOf(c);
    const seen = await seeClaim(c, ROLES);
    if (seen.screen === null) return stranger(c, seen.seen);
    const text = (form.get('text') ?? '').trim();
    const typed = { outcome: '', sum: '', reason: '', text: text.slice(0, 1000), mistakes: isSaid(text) ? [] : (['text'] as const) };
    if (typed.mistakes.length > 0)
      return drawn(c, <FinanceClaimPage frame={seen.seen.frame} screen={seen.screen} tab="toDecide" typed={typed} />, 422);
    const end = await askMore(c.var.db, { ...onClaim(seen.screen.claim, seen, form), text }, c.var.now);
    return ended(c, { kind: end === 'asked' ? 'decided' : end }, typed);
  })

  .post('/finance/claims/:id/account', requires('refunds'), async c => {
    const seen = await seeClaim(c, ROLES);
    if (seen.screen === null) return stranger(c, seen.seen);
    const { id: personId, sessionId } = seen.seen.viewer;
    const claimId = seen.screen.claim.id;
    const sealed = await readsSealedAccount(c.var.db, { claimId, personId, sessionId }, c.var.now);
    const account = sealed === null ? null : await openedAccount(c.var.world, claimId, sealed);
    c.header('cache-control', 'no-store');
    return drawn(
      c,
      <FinanceClaimPage
        frame={seen.seen.frame}
        screen={seen.screen}
        tab="toDecide"
        account={account === null ? 'lost' : { number: account.account }}
      />,
    );
  })

  .get('/finance/claims/:id/files/:fileId', requires('refunds'), c => claimFile(c, ROLES))
  .get('/finance/claims/:id/application.pdf', requires('refunds'), c => claimPaper(c, ROLES))
  .get('/finance/claims/:id/dossier.pdf', requires('refunds'), c => claimDossier(c, ROLES))

  .post('/finance/claims/:id/files/:fileId/removal', requires('refunds'), async c => {
    const seen = await seeClaim(c, ROLES);
    if (seen.screen === null) return stranger(c, seen.seen);
    const fileId = c.req.param('fileId');
    if (!seen.screen.photos.some(({ id }) => id === fileId)) return stranger(c, seen.seen);
    const { id: personId, sessionId } = seen.seen.viewer;
    await removesClaimFile(c.var.db, { claimId: seen.screen.claim.id, personId, sessionId }, fileId, c.var.now);
    return goTo(c, `/finance/claims/${seen.screen.claim.id}`);
  });

const tabOf = (c: C): ClaimTab => CLAIM_TABS.find(tab => tab === parameterOf(c, 'tab')) ?? 'open';

/** What the patient will read has some words in it. */
const isSaid = (text: string): boolean => text.length >= 5 && text.length <= 1000;

function onClaim(
  { id, consultationId }: { id: string; consultationId: string },
  { seen: { viewer } }: SeenClaim,
  form: URLSearchParams,
): OnClaim {
  return { claimId: id, consultationId, version: countIn(form, 'version') ?? 0, personId: viewer.id, sessionId: viewer.sessionId };
}

type End = { readonly kind: 'decided' | 'stale' | 'notTheirs' } | { readonly kind: 'exceeds'; readonly availableMinor: number };

/** Back to the claim, or 409 with what stands now. */
async function ended(c: C, end: End, typed: Parameters<typeof FinanceClaimPage>[0]['typed']): Promise<Response> {
  const { seen, screen } = await seeClaim(c, ROLES);
  if (screen === null) return stranger(c, seen);
  if (end.kind === 'decided') {
    deliverSoon(c, screen.claim.consultationId);
    return goTo(c, `/finance/claims/${screen.claim.id}`);
  }
  const refusal: ClaimRefusal =
    end.kind === 'exceeds' ? { kind: 'exceeds', availableText: rub(end.availableMinor, seen.frame.lang) } : { kind: end.kind };
  return drawn(c, <FinanceClaimPage frame={seen.frame} screen={screen} tab="toDecide" refusal={refusal} typed={typed} />, 409);
}
