// The money line that ends every talon and summary of a consultation, computed from facts.
import { type Facts, moneyOf, statusOf } from '../../workflows/rules/status.ts';
import { rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export function moneyLine(facts: Facts, { lang, now }: Pick<Frame, 'lang' | 'now'>): string {
  const w = wordsOf(lang).states.money;
  const sum = (minor: number) => rub(minor, lang);
  const money = moneyOf(facts, now);
  const status = statusOf(facts, now);
  const gone = facts.returningMinor;
  const left = facts.takenMinor - gone - facts.refusedMinor;

  // While a second payment is being returned, the appointment itself stays paid.
  const stands = status !== 'lapsed' && status !== 'cancelled' && left >= facts.priceMinor;
  if (stands && money === 'returning') return w.extraReturning(sum(left), sum(gone));
  if (stands && money === 'partReturned') return w.extraReturned(sum(left), sum(gone));

  switch (money) {
    case 'nothing':
      return w.nothing;
    case 'held':
      // The desk lists a failed visit until somebody asks for the money to be returned (worker/data/troubles.ts).
      if (status === 'failed') return w.unsettled(sum(left));
      return status === 'lapsed' ? w.owed(sum(left)) : w.held(sum(left));
    case 'kept':
      return w.kept(sum(left));
    case 'returning':
      return left > 0 ? w.returningKept(sum(gone), sum(left)) : w.returning(sum(gone));
    case 'stuck':
      return w.stuck(sum(facts.refusedMinor));
    case 'returned':
      return w.returned(sum(facts.returnedMinor));
    case 'partReturned':
      return w.returnedKept(sum(facts.returnedMinor), sum(left));
  }
}
