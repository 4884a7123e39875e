// Bank details of a claim, sealed with DATA_KEYS for this claim alone. Called by the form, and by finance for the transfer.
import type { ClaimAccount } from '../../workflows/rules/claim-account.ts';
import { jsonIn } from '../../workflows/rules/text.ts';
import type { World } from '../world.ts';

const purposeOf = (claimId: string): string => `claim account ${claimId}`;

export async function sealedAccount({ seal }: World, claimId: string, account: ClaimAccount) {
  return { sealed: await seal.seal(JSON.stringify(account), purposeOf(claimId)), last4: account.account.slice(-4) };
}

/** Null when it was not sealed by us for this claim. */
export async function openedAccount({ seal }: World, claimId: string, sealed: string): Promise<ClaimAccount | null> {
  const text = await seal.open(sealed, purposeOf(claimId));
  return text === null ? null : (jsonIn(text) as ClaimAccount);
}
