// The page of a refund claim with its application, the signature by code, and its withdrawal. Only the claimant finds it.
import { type Context, Hono } from 'hono';
import type { ClaimAct, ClaimUploadEnd, ClaimView } from '../../../views/claim/claim-view.ts';
import { ClaimPage, WithdrawalPage } from '../../../views/index.ts';
import { claimAddress } from '../../../workflows/rules/clinic-setting.ts';
import { isClaimOpen } from '../../../workflows/rules/claim-state.ts';
import { LIMITS } from '../../../workflows/rules/limits.ts';
import { printed } from '../../claims/application.ts';
import { lookAfterClaim } from '../../claims/look-after.ts';
import { signWith } from '../../claims/signing.ts';
import { withdrawClaim } from '../../data/claim-forms.ts';
import { clinicSettingsRead } from '../../data/clinic-settings.ts';
import type { Asker } from '../../data/asker.ts';
import type { Answers } from '../../data/db.ts';
import {
  claimFilesRead,
  claimQuestionsRead,
  claimRefundsRead,
  claimSignaturesRead,
  type OwnClaim,
  ownClaimRead,
} from '../../data/own-claims.ts';
import { idOf } from '../../http/address.ts';
import { attachment } from '../../http/attachment.ts';
import { codeIn, countIn, formOf, parameterOf } from '../../http/form.ts';
import { drawn, goTo, type Seen, seeViewer, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { portsOf } from '../../money/payments.ts';
import { deliverSoon } from '../../outbox.ts';
import type { HonoEnv } from '../../world.ts';

type C = Context<HonoEnv>;

const NOTHING_DONE: ClaimAct = { code: null, errors: [], upload: null };

export const claims = new Hono<HonoEnv>()
  .get('/refund-claims/:id', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => claimReads(asker, idOf(c)));
    const { claim, ...rest } = seen.data;
    if (claim === null) return stranger(c, seen);
    return drawClaim(c, seen, claim, rest, { ...NOTHING_DONE, upload: uploadEndIn(parameterOf(c, 'upload')) });
  })

  .get('/refund-claims/:id/application.pdf', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ claim: ownClaimRead(asker, idOf(c)) }));
    const { claim } = seen.data;
    if (claim === null) return stranger(c, seen);
    const { bytes } = await printed(portsOf(c), c.env.FILES, claim);
    const name = `${claim.number}-${claim.form.version}.pdf`;
    return c.body(bytes, 200, {
      'content-type': 'application/pdf',
      'content-length': String(bytes.byteLength),
      'content-disposition': attachment('application.pdf', name),
    });
  })

  .post('/refund-claims/:id/signature', requires('signedIn'), async c => {
    const form = await formOf(c);
    const seen = await seeViewer(c, asker => claimReads(asker, idOf(c)));
    const { claim, ...rest } = seen.data;
    if (claim === null) return stranger(c, seen);
    const page = `/refund-claims/${claim.id}`;
    // A repeated click, or a page from before the decision.
    if (!isClaimOpen(claim.state) || rest.signatures.some(({ way, version }) => way === 'code' && version === claim.form.version))
      return goTo(c, page);
    const code = codeIn(form);
    const signing = await signWith(c, seen, claim, code);
    if (signing.kind !== 'asked') {
      if (signing.kind === 'signed') await lookAfterClaim(portsOf(c), { claimId: claim.id });
      deliverSoon(c, claim.consultationId);
      return goTo(c, page);
    }
    const { errors } = signing;
    const isLimit = errors.some(({ error }) => error in LIMITS);
    const act: ClaimAct = { code: isLimit && errors[0]?.field === 'email' ? null : code, errors, upload: null };
    return drawClaim(c, seen, claim, rest, act, isLimit ? 429 : errors.length > 0 ? 422 : 200);
  })

  .get('/refund-claims/:id/withdrawal', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ claim: ownClaimRead(asker, idOf(c)) }));
    const { claim } = seen.data;
    return claim === null ? stranger(c, seen) : drawn(c, <WithdrawalPage frame={seen.frame} claim={claim} />);
  })

  .post('/refund-claims/:id/withdrawal', requires('signedIn'), async c => {
    const version = countIn(await formOf(c), 'version');
    const seen = await seeViewer(c, asker => ({ claim: ownClaimRead(asker, idOf(c)) }));
    const { claim } = seen.data;
    if (claim === null) return stranger(c, seen);
    if (claim.state === 'withdrawn') return goTo(c, `/refund-claims/${claim.id}`);
    // Something has happened to it since the page was drawn: it is asked again.
    if (version !== claim.version) return drawn(c, <WithdrawalPage frame={seen.frame} claim={claim} />, 409);
    const { id: personId, sessionId } = seen.viewer;
    const { id: claimId, consultationId } = claim;
    const done = await withdrawClaim(c.var.db, { claimId, consultationId, personId, sessionId }, c.var.now);
    if (!done) return drawn(c, <WithdrawalPage frame={seen.frame} claim={{ ...claim, state: 'refused' }} />, 409);
    deliverSoon(c, consultationId);
    return goTo(c, `/refund-claims/${claimId}`);
  });

const claimReads = (asker: Asker, id: string) => ({
  claim: ownClaimRead(asker, id),
  files: claimFilesRead(asker, id),
  signatures: claimSignaturesRead(asker, id),
  questions: claimQuestionsRead(asker, id),
  refunds: claimRefundsRead(asker, id),
  settings: clinicSettingsRead(asker.now),
});

type Rest = Omit<Answers<ReturnType<typeof claimReads>>, 'claim'>;

function drawClaim(c: C, seen: Seen, claim: OwnClaim, rest: Rest, act: ClaimAct, status: 200 | 422 | 429 = 200): Response {
  const { settings, ...traces } = rest;
  const view: ClaimView = {
    ...claim,
    ...traces,
    isByRule: claim.openedBy === 'rule',
    address: claimAddress(settings.claimsAddress, claim.token),
    form: { ...claim.form, last4: claim.form.accountLast4 },
  };
  return drawn(c, <ClaimPage frame={seen.frame} claim={view} act={act} />, status);
}

const UPLOAD_ENDS: readonly ClaimUploadEnd[] = [
  'kept',
  'claimIsFull',
  'empty',
  'tooLarge',
  'type',
  'tooManyPixels',
  'tooManyPages',
  'pdfActive',
];
const uploadEndIn = (said: string | undefined): ClaimUploadEnd | null => UPLOAD_ENDS.find(end => end === said) ?? null;
