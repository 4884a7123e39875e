// Opens the bank account of a claim, which the patient's form has sealed for this claim alone. Called by worker/routes/finance/claims.tsx.
import { jsonIn } from '../../workflows/rules/text.ts';
import type { World } from '../world.ts';

/** The number; null when it was not sealed by us for this claim. */
export async function openedAccount({ seal }: World, claimId: string, sealed: string): Promise<string | null> {
  const text = await seal.open(sealed, `claim account ${claimId}`);
  const account: unknown = text === null ? null : jsonIn(text);
  if (typeof account !== 'object' || account === null || !('account' in account)) return null;
  return typeof account.account === 'string' ? account.account : null;
}
