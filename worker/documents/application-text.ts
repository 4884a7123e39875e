// The texts of an application for money back in their order, from the frozen facts. Called by application-pdf.ts.
import { capital, clockOf, documentDateOf, rangeOf, rub, zoneNameOf } from '../../views/format.ts';
import { methodOf } from '../../views/parts/method.ts';
import { wordsOf } from '../../views/words.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { moneyInWords } from '../../workflows/rules/money-in-words.ts';
import type { Named } from './blocks.ts';

const w = wordsOf('ru').application;
// A consultation is paid once. More lines than these come from attempts that were all charged, and their sum is what counts.
const PAID_LINES = 4;
const NB = '\u00a0';

/** The number of a house stays with its street. */
const glued = (address: string): string => address.replace(/, (?=\d)/g, `,${NB}`);

export const toOf = ({ clinic }: ApplicationFacts): string[] => [
  clinic.legalName,
  clinic.head,
  glued(clinic.address),
  w.requisites(clinic.inn, clinic.ogrn),
];

export const claimantOf = ({ claimant, child }: ApplicationFacts): string[] =>
  [
    claimant.name,
    child === null ? '' : w.forChild(child),
    claimant.email,
    claimant.phone === null ? '' : w.phone(claimant.phone).replaceAll(' ', NB),
    glued(claimant.address ?? ''),
  ].filter(Boolean);

export const numberedOf = ({ number, version, madeAt, zone }: ApplicationFacts): string =>
  w.numbered(number, version, documentDateOf(madeAt, zone, 'ru'));

export const demandOf = ({ amountMinor }: ApplicationFacts): string => w.demandOf(rub(amountMinor, 'ru'), moneyInWords(amountMinor));

/** `textLimit` is how many characters of the claimant's own words there is room for. */
export const rowsOf = (facts: ApplicationFacts, textLimit: number): Named[] => [
  [w.consultation, consultationOf(facts)],
  [w.paid, paidOf(facts)],
  [w.reason, lines([capital(w.reasons[facts.reason]), ownWordsOf(facts.text, textLimit)])],
  [w.where, whereOf(facts)],
  ...(facts.call === null ? [] : [[w.call, callOf(facts.call)] as const]),
];

function consultationOf({ consultation, offer, zone }: ApplicationFacts): string {
  const { doctor, startsAt, id } = consultation;
  const clock = `${rangeOf(consultation, zone)}\u00a0(${zoneNameOf(startsAt, zone, 'ru')})`;
  return lines([
    w.consultationOf(doctor, documentDateOf(startsAt, zone, 'ru'), clock),
    w.consultationId(id),
    offer === null ? '' : w.offer(offer.version, documentDateOf(offer.acceptedAt, zone, 'ru')),
  ]);
}

function paidOf({ paid, zone }: ApplicationFacts): string {
  const shown = paid.length > PAID_LINES ? paid.slice(0, PAID_LINES - 1) : paid;
  const rest = paid.slice(shown.length);
  return lines([
    ...shown.map(({ minor, at, method, receipt }) => w.paidLine(rub(minor, 'ru'), momentOf(at, zone), nameOf(method), receipt)),
    rest.length === 0
      ? ''
      : w.paidMore(
          rest.length,
          rub(
            rest.reduce((sum, { minor }) => sum + minor, 0),
            'ru',
          ),
        ),
  ]);
}

/** Small in the middle of a line. An unknown method is left out. */
const nameOf = (method: string | null): string | null => methodOf(method, 'ru')?.replace(/^Карта/, 'карта') ?? null;

const momentOf = (at: number, zone: string): string =>
  `${documentDateOf(at, zone, 'ru')}, ${clockOf(at, zone)}\u00a0(${zoneNameOf(at, zone, 'ru')})`;

/** The claimant's line breaks become spaces: a thousand of them would not fit on a page. */
function ownWordsOf(text: string, limit: number): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const characters = [...words];
  return characters.length <= limit ? words : `${characters.slice(0, limit).join('').trimEnd()}${w.textGoesOn}`;
}

const whereOf = ({ account }: ApplicationFacts): string =>
  account === null ? w.sameWay : w.toAccount(account.holder, account.bank, account.bic, account.last4);

const callOf = ({ togetherMs, faults }: NonNullable<ApplicationFacts['call']>): string =>
  lines([w.together(togetherMs), faults.join('; ')]);

const lines = (texts: readonly string[]): string => texts.filter(Boolean).join('\n');
