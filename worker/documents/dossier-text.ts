// The texts of a claim's dossier: what happened, the call, the money, the letters. Called by dossier-sheets.ts.
import { clockOf, documentDateOf, rub, zoneNameOf } from '../../views/format.ts';
import { methodOf } from '../../views/parts/method.ts';
import { wordsOf } from '../../views/words.ts';
import { balancesOf, type ClaimEvent, type ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import type { Named } from './blocks.ts';

const { finance: f, dossier: w, consultation: c } = wordsOf('ru');
const SIDES = ['clinic', 'sfu', 'patient', 'unknown'] as const;

export const whenOf = (at: number, zone: string): string =>
  `${documentDateOf(at, zone, 'ru')}, ${clockOf(at, zone)}\u00a0(${zoneNameOf(at, zone, 'ru')})`;

export interface DossierSection {
  readonly heading: string;
  readonly rows: readonly Named[];
}

/** In the order in which they are printed. */
export const sectionsOf = (screen: ClaimScreen, zone: string): DossierSection[] => [
  { heading: w.course, rows: screen.events.map(event => [whenOf(event.at, zone), eventOf(event)] as const) },
  { heading: w.call, rows: [[f.visit, callOf(screen)]] },
  { heading: w.money, rows: moneyOf(screen, zone) },
  {
    heading: w.letters,
    rows: screen.letters.map(
      letter => [whenOf(letter.stateAt, zone), `${c.letterNames[letter.kind]}: ${c.letterStates[letter.state]}`] as const,
    ),
  },
];

function eventOf(event: ClaimEvent): string {
  const by = event.by ?? (event.kind === 'signature' ? f.byPatient : f.byRule);
  const said = 'text' in event ? `\n${event.text}` : '';
  return `${nameOf(event)}. ${by}${said}`;
}

function nameOf(event: ClaimEvent): string {
  switch (event.kind) {
    case 'form':
      return f.events.form(event.version, rub(event.minor, 'ru'));
    case 'signature':
      return f.events.signature[event.way];
    case 'decision':
      return f.outcomes[event.outcome](rub(event.minor, 'ru'));
    default:
      return f.events[event.kind];
  }
}

function callOf({ call }: ClaimScreen): string {
  const faults = SIDES.filter(side => call.faults[side] > 0).map(side => f.callFaults(call.faults[side], f.faultSides[side]));
  return call.hasRecord ? [f.together(call.togetherMinutes), ...faults].join(', ') : f.callNone;
}

function moneyOf({ ledger }: ClaimScreen, zone: string): Named[] {
  const balances = balancesOf(ledger);
  return ledger.map(({ kind, at, minor, state, method, document, receipt }, i) => {
    const facts = [
      `${kind === 'payment' ? f.payment : f.moneyRefund} ${rub(minor, 'ru')}`,
      methodOf(method, 'ru'),
      f.moneyStates[state],
      document === null ? '' : f.order(document),
      receipt === null ? '' : receipt.number === null ? c.receipts[receipt.state] : f.receiptNo(receipt.number),
      w.left(rub(balances[i] ?? 0, 'ru')),
    ];
    return [whenOf(at, zone), facts.filter(Boolean).join(', ')] as const;
  });
}
