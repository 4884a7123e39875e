// «Вернуть оплату»: the form that makes a refund claim, and the form that changes one. What was typed is kept as a draft when it is not accepted.
import { type Context, Hono } from 'hono';
import { ClaimFormPage, ClaimNotPage } from '../../../views/index.ts';
import { readClaim } from '../../../workflows/rules/claim-form.ts';
import type { ClaimAnswer } from '../../../workflows/rules/claim-form.ts';
import { claimOfferOf } from '../../../workflows/rules/claim-offer.ts';
import { isClaimOpen } from '../../../workflows/rules/claim-state.ts';
import { dateIn } from '../../booking/zone.ts';
import { applicationOf, dueAtOf, newToken } from '../../claims/application.ts';
import { draftIn, draftOf, filledIn, formViewOf, type FormShown, typedAgain, typedIn } from '../../claims/form.ts';
import { lookAfterClaim } from '../../claims/look-after.ts';
import { sealedAccount } from '../../claims/sealed-account.ts';
import { type BasisName, type Claimed, claimBasisReads } from '../../data/claim-basis.ts';
import { changeForm, keepDraft, makeClaim } from '../../data/claim-forms.ts';
import { given, type Read } from '../../data/db.ts';
import { isId, newId } from '../../data/ids.ts';
import { type OwnClaim, ownClaimRead } from '../../data/own-claims.ts';
import { idOf } from '../../http/address.ts';
import { countIn, formOf, parameterOf } from '../../http/form.ts';
import { drawn, goTo, seeViewer, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { portsOf } from '../../money/payments.ts';
import { deliverSoon } from '../../outbox.ts';
import type { HonoEnv } from '../../world.ts';

type C = Context<HonoEnv>;

export const claimForms = new Hono<HonoEnv>()
  .get('/consultations/:id/refund-claim', requires('signedIn'), async c => {
    const asked = await seeForm(c, { by: 'consultation', id: idOf(c) });
    if (asked.kind === 'refused') return asked.answer;
    const { basis, offer } = asked;
    const draft = draftIn(basis.draft);
    const note = parameterOf(c, 'draft') === 'saved' ? 'draftSaved' : draft === null ? null : 'draftShown';
    const typed = draft ?? filledIn(basis, offer.availableMinor, c.var.now);
    return shown(c, asked, { typed, mistakes: [], note, requestKey: newId(), changes: null });
  })

  .post('/consultations/:id/refund-claim', requires('signedIn'), async c => {
    const form = await formOf(c);
    const asked = await seeForm(c, { by: 'consultation', id: idOf(c) });
    if (asked.kind === 'refused') return asked.answer;
    const typed = typedIn(form);
    const { viewer, basis } = asked;
    const consultationId = basis.claimed.consultation.id;
    const requestKey = keyIn(form);
    if (form.get('do') === 'draft') {
      await keepDraft(c.var.db, viewer.id, consultationId, draftOf(typed), c.var.now);
      return goTo(c, `/consultations/${consultationId}/refund-claim?draft=saved`);
    }
    const read = readClaim(typed, asked.offer);
    if (read.kind === 'wrong') {
      await keepDraft(c.var.db, viewer.id, consultationId, draftOf(typed), c.var.now);
      return shown(c, asked, { typed, mistakes: read.mistakes, note: null, requestKey, changes: null }, 422);
    }
    const made = await make(c, asked, read.answer, requestKey);
    return goTo(c, `/refund-claims/${made.claimId}`);
  })

  .get('/refund-claims/:id/form', requires('signedIn'), async c => {
    const asked = await seeForm(c, { by: 'claim', id: idOf(c) });
    if (asked.kind === 'refused') return asked.answer;
    if (asked.claim === null || !mayChange(asked.claim)) return goTo(c, `/refund-claims/${idOf(c)}`);
    const typed = typedAgain(asked.claim.form.body);
    return shown(c, asked, { typed, mistakes: [], note: null, requestKey: newId(), changes: asked.claim });
  })

  .post('/refund-claims/:id/form', requires('signedIn'), async c => {
    const form = await formOf(c);
    const asked = await seeForm(c, { by: 'claim', id: idOf(c) });
    if (asked.kind === 'refused') return asked.answer;
    const { claim } = asked;
    if (claim === null || !mayChange(claim)) return goTo(c, `/refund-claims/${idOf(c)}`);
    const typed = typedIn(form);
    const requestKey = keyIn(form);
    const read = readClaim(typed, asked.offer);
    if (read.kind === 'wrong') return shown(c, asked, { typed, mistakes: read.mistakes, note: null, requestKey, changes: claim }, 422);
    const done = await change(c, asked, claim, read.answer, countIn(form, 'base') ?? 0, requestKey);
    if (done === 'changed' || done === 'again') return goTo(c, `/refund-claims/${claim.id}`);
    return shown(c, asked, { typed, mistakes: [], note: done, requestKey: newId(), changes: claim }, 409);
  });

const mayChange = ({ state }: OwnClaim): boolean => isClaimOpen(state) && state !== 'waitsForSecond';

const keyIn = (form: URLSearchParams): string => {
  const key = form.get('requestKey') ?? '';
  return isId(key) ? key : newId();
};

type Asked = Extract<Awaited<ReturnType<typeof seeForm>>, { kind: 'asked' }>;

/** Everything that the form needs, in one round trip; else the answer that there is no such visit, or no need for a form. */
async function seeForm(c: C, name: BasisName) {
  const seen = await seeViewer(c, asker => ({
    ...claimBasisReads(asker, name),
    claim: name.by === 'claim' ? ownClaimRead(asker, name.id) : (given(null) as Read<OwnClaim | null>),
  }));
  const { claimed, claim, claims, ...rest } = seen.data;
  if (claimed === null || (name.by === 'claim' && claim === null)) return { kind: 'refused', answer: stranger(c, seen) } as const;
  const { consultation } = claimed;
  // A change is of an open claim, which is no obstacle to itself.
  const offer = claimOfferOf(consultation.facts, name.by === 'claim' ? [] : claims, c.var.now);
  if (offer.kind === 'open') return { kind: 'refused', answer: goTo(c, `/refund-claims/${offer.claim.id}`) } as const;
  if (offer.kind === 'not') {
    const page = (
      <ClaimNotPage frame={seen.frame} consultationId={consultation.id} startsAt={consultation.facts.startsAt} why={offer.why} />
    );
    return { kind: 'refused', answer: drawn(c, page, c.req.method === 'GET' ? 200 : 409) } as const;
  }
  const { availableMinor, needsAccount } = offer;
  const basis: typeof rest & { readonly claimed: Claimed } = { ...rest, claimed };
  return { kind: 'asked', seen, viewer: seen.viewer, basis, offer: { availableMinor, needsAccount }, claim } as const;
}

function shown(c: C, { seen, basis, offer }: Asked, form: FormShown, status: 200 | 409 | 422 = 200): Response {
  const view = formViewOf(basis, offer, form, seen.clinic.zone, c.var.now);
  return drawn(c, <ClaimFormPage frame={seen.frame} view={view} />, status);
}

async function make(c: C, { seen, viewer, basis }: Asked, answer: ClaimAnswer, formKey: string) {
  const { now, world, db } = c.var;
  const { consultation } = basis.claimed;
  const claimId = newId();
  const token = newToken();
  const made = await makeClaim(db, {
    claimId,
    token,
    consultationId: consultation.id,
    personId: viewer.id,
    sessionId: viewer.sessionId,
    formKey,
    demandedAt: now,
    dueAt: dueAtOf(now, seen.clinic.zone),
    year: Number(dateIn(seen.clinic.zone, now).slice(0, 4)),
    email: consultation.email,
    ...(await formRowOf(c, claimId, answer)),
    body: applicationOf(basis, answer, { token, version: 1 }, seen.frame),
  });
  // What the passport of the call proves is decided before the page is shown. The cron decides it if this fails.
  if (made.kind === 'made') await lookAfterClaim({ db, world, now }, { claimId });
  deliverSoon(c, consultation.id);
  return made;
}

async function change(c: C, { seen, viewer, basis }: Asked, claim: OwnClaim, answer: ClaimAnswer, base: number, formKey: string) {
  const { consultation } = basis.claimed;
  const done = await changeForm(
    c.var.db,
    {
      claimId: claim.id,
      consultationId: consultation.id,
      personId: viewer.id,
      sessionId: viewer.sessionId,
      formKey,
      base,
      ...(await formRowOf(c, claim.id, answer)),
      body: applicationOf(basis, answer, { token: claim.token, version: base + 1 }, seen.frame),
    },
    c.var.now,
  );
  if (done === 'changed') await lookAfterClaim(portsOf(c), { claimId: claim.id });
  deliverSoon(c, consultation.id);
  return done;
}

const formRowOf = async (c: C, claimId: string, { reason, via, amountMinor, account }: ClaimAnswer) => ({
  reason,
  via,
  amountMinor,
  account: account && (await sealedAccount(c.var.world, claimId, account)),
});
