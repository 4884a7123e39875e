// The activity lookAfterClaim: writes down what is due for a refund claim: the decision by rule, letters, alarms, the next look. The workflow of the claim
// calls it at each moment and signal, the cron when the moment has passed, so nothing that is owed depends on Temporal. Repeating it changes nothing.
import { ask, write } from '../data/db.ts';
import { resumesClaim } from '../data/claim-signals.ts';
import { decide } from '../data/claim-decisions.ts';
import { careFor, caredClaimReads, type ClaimLetter, takeClaims, unsentClaimLettersRead } from '../data/claims.ts';
import { each } from '../each.ts';
import type { Ports } from '../money/payments.ts';
import { wordsOf } from '../../views/words.ts';
import type { AboutClaim, ClaimStanding } from '../../workflows/activities.ts';
import { dueAlarms, dueReminder, nextMoment } from '../../workflows/rules/claim-moments.ts';
import { type ClaimFacts, claimStateOf, isClaimOpen } from '../../workflows/rules/claim-state.ts';
import { ruleOpinion, ruleSees } from '../../workflows/rules/claim-rule.ts';

export class UnknownClaim extends Error {
  override readonly name = 'UnknownClaim';
}

export async function lookAfterClaim(ports: Ports, { claimId }: AboutClaim): Promise<ClaimStanding> {
  await decides(ports, claimId);
  const { claim } = await ask(ports.db, caredClaimReads(claimId, ports.now));
  if (!claim) throw new UnknownClaim(claimId);
  const { facts } = claim;
  const { at, moment } = nextMoment(facts, ports.now);
  await careFor(
    ports.db,
    claim,
    { letters: lettersDue(claimId, facts, ports.now), alarms: dueAlarms(facts, ports.now), nextAt: at },
    ports.now,
  );
  const { letters } = await ask(ports.db, { letters: unsentClaimLettersRead(claimId) });
  return { state: claimStateOf(facts), owesMoney: facts.goingMinor > 0, letters, wakeAt: at, wakesFor: moment };
}

/**
 * Looks after the claims whose moment has passed without their workflow. The cron calls this. The workflow may be gone, so it is started again while
 * something is left to do; one that runs is not started twice.
 */
export async function lookAfterClaims(ports: Ports): Promise<void> {
  await each(await takeClaims(ports.db, ports.now), async claim => {
    const { wakeAt } = await lookAfterClaim(ports, claim);
    if (wakeAt !== null) await write(ports.db, [resumesClaim(claim, ports.now)]);
  });
}

/** Grants what the passport of the call proves. What was read may be out of date: then nothing is written, and the next look decides. */
async function decides(ports: Ports, claimId: string): Promise<void> {
  const { claim, consultation, attendances, faults, settings } = await ask(ports.db, caredClaimReads(claimId, ports.now));
  if (!claim || !consultation) throw new UnknownClaim(claimId);
  const { facts, via } = claim;
  if (!isClaimOpen(claimStateOf(facts)) || facts.decision !== null) return;
  const asked = { via, demandedMinor: facts.amountMinor, limitMinutes: settings.claimTogetherMinutes };
  const saw = ruleSees({ facts: consultation.facts, isConfirmed: consultation.isConfirmed, attendances, faults, ...asked }, ports.now);
  const opinion = ruleOpinion(saw);
  if (opinion.kind === 'leaves') return;
  const { because } = opinion;
  await decide(
    ports.db,
    {
      claimId,
      consultationId: claim.consultationId,
      version: claim.version,
      personId: null,
      sessionId: null,
      amountMinor: facts.amountMinor,
      reason: wordsOf(consultation.lang).claim.grounds[because],
      saw: JSON.stringify({ because, ...saw }),
    },
    ports.now,
  );
}

/** Letters that a claim should have by now. One that is not wanted any more when it is sent ends as such (workflows/rules/letter.ts). */
function lettersDue(id: string, facts: ClaimFacts, now: number): ClaimLetter[] {
  const state = claimStateOf(facts);
  const letters: ClaimLetter[] = [];
  const reminder = dueReminder(facts, now);
  if (reminder !== null) letters.push({ kind: 'claimUnsigned', subject: `${id}:${reminder}` });
  if (state === 'signed') letters.push({ kind: 'claimSigned', subject: `${id}:${facts.formVersion}` });
  if (state === 'moreAsked') letters.push({ kind: 'claimQuestion', subject: `${id}:${facts.askedAt}` });
  if (facts.decidedAt !== null) letters.push({ kind: 'claimDecided', subject: id });
  if (state === 'returned') letters.push({ kind: 'claimReturned', subject: id });
  return letters;
}
