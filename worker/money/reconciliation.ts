// «Сверка»: compares what the provider shows with our rows, page by page, repairs by rule what a lost notice left behind, and writes down the rest as
// differences (workflows/rules/difference.ts). The workflow, the cron and the page of finance drive the same run.
import { closesGone, type Difference, notesFacts, notesSeen, openOfProvider, type Seen } from '../data/differences.ts';
import { dateIn, minuteIn } from '../booking/zone.ts';
import { clinicRead } from '../data/clinic.ts';
import { ask, type Database, type Write, write } from '../data/db.ts';
import { attemptBegun, attemptById } from '../data/payments.ts';
import {
  beginReconciliation,
  comparedUntilRead,
  hasEnded,
  marksSeen,
  movesOn,
  type OurMoney,
  type OurPayment,
  type OurRefund,
  type PageDone,
  paymentsRead,
  type Reconciliation,
  refundsRead,
  releasesRun,
  runOfDay,
  takeReconciliation,
  unseenPayments,
  unseenRefunds,
} from '../data/reconciliations.ts';
import { NIGHTLY_HOUR } from '../../workflows/clocks.ts';
import { type DifferenceKind, phaseAfter } from '../../workflows/rules/difference.ts';
import type { ListedPayment, PaymentPort, ProviderRefund } from '../providers/payment/port.ts';
import { type Ports, takeWord } from './payments.ts';
import { takeRefundsWord } from './refunds.ts';

export type Stepped = { readonly kind: 'more' } | { readonly kind: 'done' } | { readonly kind: 'taken' };

/** Does one page of a run: of this one, or of the one that has waited longest. 'taken' when there is none, or somebody else does a page of it now. */
export async function stepReconciliation(ports: Ports, id: string | null): Promise<Stepped> {
  const run = await takeReconciliation(ports.db, id, ports.now);
  if (run === null) return { kind: id !== null && (await hasEnded(ports.db, id)) ? 'done' : 'taken' };
  try {
    const page = await pageOf(ports, run);
    await write(ports.db, [...page.writes, movesOn(run, page, ports.now)]);
    return page.phase === 'done' ? { kind: 'done' } : { kind: 'more' };
  } catch (error) {
    await write(ports.db, [releasesRun(run.id, ports.now)]);
    throw error;
  }
}

interface Compared extends PageDone {
  readonly writes: readonly Write[];
}

function pageOf(ports: Ports, run: Reconciliation): Promise<Compared> {
  const provider = ports.world.payment;
  switch (run.phase) {
    case 'payments':
      return paymentsPage(ports, run, provider);
    case 'refunds':
      return refundsPage(ports, run, provider);
    case 'ours':
      return oursPage(ports, run);
    case 'again':
      return againPage(ports, run);
    case 'facts':
    case 'done':
      return Promise.resolve({ phase: 'done', cursor: null, compared: 0, repaired: 0, writes: notesFacts(run.since, ports.now) });
  }
}

/** Where a run goes on after a page of a list. */
const placeAfter = (run: Reconciliation, next: string | null) =>
  next === null ? { phase: phaseAfter(run.phase), cursor: null } : { phase: run.phase, cursor: next };

async function paymentsPage(ports: Ports, run: Reconciliation, provider: PaymentPort): Promise<Compared> {
  const { items, next } = await provider.paymentsIn(run);
  const ours = await known(ports.db, provider.provider, items);
  const seen: Seen[] = [];
  const met: string[] = [];
  let repaired = 0;
  for (const said of items) {
    const row = ours.byProvider.get(said.providerId) ?? ours.byId.get(said.paymentId ?? '') ?? null;
    if (row) met.push(row.id);
    const { differs, heals } = comparePayment(said, row, provider.isTest);
    seen.push(...differs.map(kind => seenOf(kind, said, row)));
    if (heals && row && (await heal(ports, row, said))) repaired += 1;
  }
  return {
    ...placeAfter(run, next),
    compared: items.length,
    repaired,
    writes: [notesSeen(seen, ports.now), marksSeen('payment', met, ports.now)],
  };
}

async function known(db: Database, provider: string, items: readonly ListedPayment[]) {
  const { rows } = await ask(db, {
    rows: paymentsRead(
      provider,
      items.map(item => item.providerId),
      items.flatMap(item => item.paymentId ?? []),
    ),
  });
  return {
    byProvider: new Map(rows.flatMap((row): [string, OurPayment][] => (row.providerId === null ? [] : [[row.providerId, row]]))),
    // A row that names another payment of the provider is not this one.
    byId: new Map(rows.flatMap((row): [string, OurPayment][] => (row.providerId === null ? [[row.id, row]] : []))),
  };
}

export interface Comparison {
  readonly differs: readonly DifferenceKind[];
  /** The provider's word can be taken: a notice was lost. */
  readonly heals: boolean;
}

/** What a payment of the provider's list and our row of it say differently. */
export function comparePayment(said: ListedPayment, row: OurPayment | null, isTestShop: boolean): Comparison {
  const test: DifferenceKind[] = said.isTest === isTestShop || said.state === 'canceled' ? [] : ['testMoney'];
  const held: DifferenceKind[] = said.isHeld ? ['notCaptured'] : [];
  if (row === null) return { differs: said.state === 'succeeded' ? ['unknownPayment', ...test] : [...test, ...held], heals: false };
  if (said.paymentId !== row.id || said.consultationId !== row.consultationId)
    return { differs: ['otherOwner', ...test, ...held], heals: false };
  if (said.amountMinor !== row.amountMinor || said.currency !== 'RUB') return { differs: ['otherSum', ...test, ...held], heals: false };
  if (said.state === 'canceled' && row.succeededAt !== null) return { differs: ['vanishedPayment'], heals: false };
  const refused: DifferenceKind[] = said.state === 'succeeded' && row.cancelledAt !== null ? ['paidThoughRefused'] : [];
  const heals = said.state === 'succeeded' ? row.succeededAt === null : said.state === 'canceled' && row.cancelledAt === null;
  return { differs: [...refused, ...test, ...held], heals };
}

const seenOf = (kind: DifferenceKind, said: ListedPayment, row: OurPayment | null): Seen => ({
  kind,
  object: row?.id ?? said.providerId,
  consultationId: row?.consultationId ?? null,
  ours:
    row === null ? null : [row.amountMinor, row.succeededAt === null ? (row.cancelledAt === null ? 'open' : 'refused') : 'paid'].join(' '),
  theirs: [said.providerId, said.amountMinor, said.currency, said.state].join(' '),
});

/** Takes the provider's word about a payment whose notice was lost. */
async function heal(ports: Ports, row: OurPayment, said: ListedPayment): Promise<boolean> {
  if (row.providerId === null) await write(ports.db, [attemptBegun(row.id, said.providerId, said.confirmationUrl)]);
  const attempt = await attemptById(ports.db, row.id);
  if (attempt) await takeWord(ports, attempt, said);
  return attempt !== null;
}

async function refundsPage(ports: Ports, run: Reconciliation, provider: PaymentPort): Promise<Compared> {
  const { items, next } = await provider.refundsIn(run);
  const { rows } = await ask(ports.db, { rows: refundsRead(items.map(item => item.providerId)) });
  const byProvider = new Map(rows.map(row => [row.providerId, row]));
  const seen: Seen[] = [];
  const met: string[] = [];
  let repaired = 0;
  for (const said of items) {
    const row = byProvider.get(said.providerId) ?? null;
    if (row) met.push(row.id);
    const kind = row && compareRefund(said, row);
    if (kind && row) seen.push(seenRefund(kind, said, row));
    else if (isNews(said, row) && (await takeRefundsWord(ports, provider.provider, said)) !== null) repaired += 1;
  }
  return {
    ...placeAfter(run, next),
    compared: items.length,
    repaired,
    writes: [notesSeen(seen, ports.now), marksSeen('refund', met, ports.now)],
  };
}

export function compareRefund(said: ProviderRefund, row: OurRefund): 'otherRefundSum' | 'vanishedRefund' | null {
  if (said.amountMinor !== row.amountMinor) return 'otherRefundSum';
  return said.state === 'canceled' && row.settledAt !== null ? 'vanishedRefund' : null;
}

/** The provider's word says more than our row: settled, or refused, or a refund that we do not know. */
function isNews(said: ProviderRefund, row: OurRefund | null): boolean {
  if (row === null) return said.state !== 'canceled' || said.refundId !== null;
  if (said.state === 'succeeded') return row.settledAt === null;
  return said.state === 'canceled' && row.refusedAt === null;
}

const seenRefund = (kind: DifferenceKind, said: ProviderRefund, row: OurRefund): Seen => ({
  kind,
  object: row.id,
  consultationId: row.consultationId,
  ours: [row.amountMinor, row.settledAt === null ? (row.refusedAt === null ? 'open' : 'refused') : 'settled'].join(' '),
  theirs: [said.providerId, said.amountMinor, said.state].join(' '),
});

/** What our rows hold for paid or returned and the lists have not shown is asked about by its id. */
async function oursPage(ports: Ports, run: Reconciliation): Promise<Compared> {
  const [table = 'payment', from = String(run.since)] = run.cursor?.split(' ') ?? [];
  const isPayments = table === 'payment';
  const rows = await (isPayments ? unseenPayments : unseenRefunds)(ports.db, run, Number(from));
  const seen: Seen[] = [];
  for (const row of rows) {
    const state = await stateAt(ports, row, isPayments);
    if (state !== 'succeeded')
      seen.push({
        kind: isPayments ? 'vanishedPayment' : 'vanishedRefund',
        object: row.id,
        consultationId: row.consultationId,
        ours: row.providerId,
        theirs: state,
      });
  }
  const last = rows.at(-1);
  const place =
    last !== undefined
      ? { phase: run.phase, cursor: `${table} ${last.at}` }
      : isPayments
        ? { phase: run.phase, cursor: `refund ${run.since}` }
        : { phase: phaseAfter(run.phase), cursor: null };
  const ids = rows.map(row => row.id);
  return {
    ...place,
    compared: rows.length,
    repaired: 0,
    writes: [notesSeen(seen, ports.now), marksSeen(isPayments ? 'payment' : 'refund', ids, ports.now)],
  };
}

async function stateAt({ world }: Ports, { provider, providerId }: OurMoney, isPayment: boolean): Promise<string> {
  const port = world.paymentOf(provider);
  const said = isPayment ? await port.get(providerId) : await port.getRefund(providerId);
  return said?.state ?? 'unknown';
}

/** Differences of earlier runs that this one has not met are looked at again, and closed when they are gone. */
async function againPage(ports: Ports, run: Reconciliation): Promise<Compared> {
  const open = await openOfProvider(ports.db, run.cursor ?? '');
  const gone: string[] = [];
  for (const difference of open) if (difference.lastSeen < run.startedAt && (await isGone(ports, difference))) gone.push(difference.id);
  const last = open.at(-1);
  return {
    ...(last === undefined ? { phase: phaseAfter(run.phase), cursor: null } : { phase: run.phase, cursor: last.id }),
    compared: open.length,
    repaired: 0,
    writes: gone.length > 0 ? [closesGone(gone, ports.now)] : [],
  };
}

// What the provider's list alone shows is judged again only by the list: a person closes it.
async function isGone(ports: Ports, { kind, object, theirs }: Difference): Promise<boolean> {
  const provider = ports.world.payment;
  const { rows } = await ask(ports.db, { rows: paymentsRead(provider.provider, [theirs?.split(' ')[0] ?? ''], [object]) });
  const row = rows[0];
  if (kind === 'unknownPayment') return row !== undefined;
  if (kind !== 'vanishedPayment' && kind !== 'otherSum' && kind !== 'otherOwner') return false;
  const said = row?.providerId ? await provider.get(row.providerId) : null;
  if (!row || !said) return false;
  const { differs } = comparePayment({ ...said, isHeld: false, isTest: provider.isTest }, row, provider.isTest);
  return !differs.includes(kind);
}

const DAY_MS = 86_400_000;
/** Two days before the last nightly comparison, because a payment or its refund may have ended since. The first one goes back 45 days. */
const OVERLAP_MS = 2 * DAY_MS;
const FIRST_MS = 45 * DAY_MS;

/** Begins the comparison of the clinic's date at `at` (ms), or finds it. Returns its id. */
export async function beginNightly(ports: Ports, at: number): Promise<string> {
  const { clinic, until } = await ask(ports.db, { clinic: clinicRead(), until: comparedUntilRead() });
  const since = until === null ? ports.now - FIRST_MS : until - OVERLAP_MS;
  return await beginReconciliation(ports.db, { since, until: ports.now, by: { day: dateIn(clinic.zone, at) } }, ports.now);
}

/** One page for the workflow, which names no run at first: the nightly one of the clinic's date at `at` (ms). */
export async function reconcileOne(ports: Ports, { runId, at }: { readonly runId: string | null; readonly at: number }) {
  const id = runId ?? (await beginNightly(ports, at));
  return { ...(await stepReconciliation(ports, id)), runId: id };
}

/** Pages that one run of the cron does; its time is limited. */
const PAGES_A_MINUTE = 15;

/** Begins the nightly comparison that nobody has begun, and goes on with those that stand, without Temporal's help. The cron calls this. */
export async function reconcileDue(ports: Ports): Promise<void> {
  const { clinic } = await ask(ports.db, { clinic: clinicRead() });
  if (minuteIn(clinic.zone, ports.now) >= (NIGHTLY_HOUR + 1) * 60 && (await runOfDay(ports.db, dateIn(clinic.zone, ports.now))) === null)
    await beginNightly(ports, ports.now);
  for (let page = 0; page < PAGES_A_MINUTE; page += 1) if ((await stepReconciliation(ports, null)).kind === 'taken') return;
}
