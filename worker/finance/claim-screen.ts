// Reads one claim for finance in one round trip. Called by worker/routes/finance/ and worker/finance/claim-papers.ts.
import type { Context } from 'hono';
import type { ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import { ruleOpinion, ruleSees } from '../../workflows/rules/claim-rule.ts';
import { passportEndOf, passportOf } from '../../workflows/rules/passport.ts';
import type { Role } from '../../workflows/rules/person.ts';
import { claimDeskReads } from '../data/claim-desk.ts';
import type { SessionViewer } from '../data/viewer.ts';
import { idOf } from '../http/address.ts';
import { type Seen, seeViewer } from '../http/page.tsx';
import type { HonoEnv } from '../world.ts';

export interface SeenClaim {
  readonly seen: Seen & { readonly viewer: SessionViewer };
  /** Null for who may not see it. */
  readonly screen: ClaimScreen | null;
}

export async function seeClaim(c: Context<HonoEnv>, roles: readonly Role[]): Promise<SeenClaim> {
  const seen = await seeViewer(c, asker => claimDeskReads(asker, roles, idOf(c)));
  const { claim, visit, attendances, faults, ...rest } = seen.data;
  if (claim === null || visit === null) return { seen, screen: null };
  const passport = passportOf(visit.facts, attendances, faults, passportEndOf(visit.facts, c.var.now));
  const asked = { via: claim.via, demandedMinor: claim.facts.amountMinor, limitMinutes: claim.ruleMinutes };
  const opinion = ruleOpinion(ruleSees({ facts: visit.facts, isConfirmed: visit.isConfirmed, attendances, faults, ...asked }, c.var.now));
  const call = { togetherMinutes: passport.togetherMinutes, faults: passport.faults, hasRecord: attendances.length > 0, opinion };
  return { seen, screen: { claim, call, ...rest } };
}
