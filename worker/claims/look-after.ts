// The activity lookAfterClaim: writes down what is due for a refund claim. The workflow of the claim calls it at each moment and signal, the cron when the
// moment has passed, so nothing that is owed depends on Temporal. Repeating it changes nothing.
import { ask } from '../data/db.ts';
import { caredClaimRead, unsentClaimLettersRead } from '../data/claims.ts';
import type { Ports } from '../money/payments.ts';
import type { AboutClaim, ClaimStanding } from '../../workflows/activities.ts';
import { nextMoment } from '../../workflows/rules/claim-moments.ts';
import { claimStateOf } from '../../workflows/rules/claim-state.ts';

export class UnknownClaim extends Error {
  override readonly name = 'UnknownClaim';
}

export async function lookAfterClaim(ports: Ports, { claimId }: AboutClaim): Promise<ClaimStanding> {
  const { claim, letters } = await ask(ports.db, { claim: caredClaimRead(claimId), letters: unsentClaimLettersRead(claimId) });
  if (!claim) throw new UnknownClaim(claimId);
  const { at, moment } = nextMoment(claim.facts, ports.now);
  return { state: claimStateOf(claim.facts), owesMoney: claim.facts.goingMinor > 0, letters, wakeAt: at, wakesFor: moment };
}
