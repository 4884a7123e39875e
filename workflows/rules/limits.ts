// Every limit on how often something may be done: one line each. The words for a reader are views/words/limits.ru.ts and limits.en.ts. Limits by `edge`
// are counted in memory by the bindings of wrangler.toml (worker/http/guards.ts), those by `counter` in the table `throttle` (worker/data/throttle.ts),
// those by `trigger` by the database itself, those by `room` by the durable object of a visit; tests/checks/limits.test.ts compares the three with this table.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Limit {
  /** How many in one window. */
  readonly count: number;
  /** Null: for as long as the visit lasts. */
  readonly windowMs: number | null;
  /** Who counts. An edge limit names its binding, and how many requests of a key an isolate counts before it tells the binding. */
  readonly by: 'counter' | 'trigger' | 'room' | { readonly edge: EdgeBinding; readonly batch: number };
}

export type EdgeBinding =
  | 'PERSON_LIMIT'
  | 'NETWORK_LIMIT'
  | 'STRANGER_LIMIT'
  | 'UNKNOWN_STRANGER_LIMIT'
  | 'READ_LIMIT'
  | 'UNKNOWN_LIMIT'
  | 'VERIFY_LIMIT'
  | 'UNKNOWN_VERIFY_LIMIT';

const edge = (binding: EdgeBinding, count: number, batch = 1) => ({ count, windowMs: MINUTE, by: { edge: binding, batch } }) as const;
const counted = (count: number, windowMs: number) => ({ count, windowMs, by: 'counter' }) as const;

/** A window of a trigger has no fixed ends: it reaches back from now. */
const triggered = (count: number, windowMs: number | null) => ({ count, windowMs, by: 'trigger' }) as const;
const ofRoom = <W extends number | null>(count: number, windowMs: W) => ({ count, windowMs, by: 'room' }) as const;

export const LIMITS = {
  /** Posts of one session. */
  postsOfSession: edge('PERSON_LIMIT', 600),
  /** Posts of one network, with and without a session. Wide: an office or a mobile operator is one network. */
  postsOfNetwork: edge('NETWORK_LIMIT', 3000),
  /** Posts of one network whose cookie is no live session. People without a session post only codes, their address and handovers. */
  postsOfStrangers: edge('STRANGER_LIMIT', 300),
  /** Reads of one network. A page with the room open asks about twice a minute. */
  readsOfNetwork: edge('READ_LIMIT', 6000, 20),
  /** Checks of a paper by its code; a person checks one or two. */
  verifications: edge('VERIFY_LIMIT', 60),
  // Where the address is unknown (networkOf in worker/http/network.ts), everybody is counted together, so these are higher.
  requestsOfUnknown: edge('UNKNOWN_LIMIT', 60_000, 20),
  postsOfUnknownStrangers: edge('UNKNOWN_STRANGER_LIMIT', 600),
  verificationsOfUnknown: edge('UNKNOWN_VERIFY_LIMIT', 600),
  /** Departures to Gosuslugi: each asks its gateway. */
  departuresOfNetwork: counted(600, 10 * MINUTE),
  /** Letters with a code that one network asks for to one address. A browser in which the owner signed in before has a count of its own. */
  codesToAddressOfNetwork: counted(5, 15 * MINUTE),
  /** The same from all networks together, so that nobody fills a mailbox. */
  codesToAddress: counted(15, 15 * MINUTE),
  /** Wrong codes for one address, typed in browsers that are not known. 50 of a million codes a day. */
  wrongCodesOfAddress: counted(50, DAY),
  codesOfNetwork: counted(300, HOUR),
  codeTriesOfNetwork: counted(600, HOUR),
  handoversOfPerson: counted(20, 15 * MINUTE),
  handoversOfNetwork: counted(300, HOUR),
  /** Presses of «Оплатить» for one hold; each asks the provider. */
  checkoutsOfConsultation: counted(20, MINUTE),
  /** Enough to repair a bad connection by trial, and a limit for the use of the call server. */
  checksOfPerson: counted(40, 15 * MINUTE),
  /** Notices about one payment or refund; each makes us ask the provider, and a payment has a handful. */
  noticesOfObject: counted(20, MINUTE),
  /**
   * Notices about ids that are not in our rows, of one provider. Such an id is genuine only when the answer to our own request was lost; the provider
   * repeats the notice for a day, so it comes through later.
   */
  noticesOfUnknown: counted(20, MINUTE),
  noticesOfAllUnknown: counted(200, MINUTE),
  /** Letters with a code to confirm a typed address. */
  addressCodesOfPerson: counted(5, HOUR),

  // What keeps an interval from others.
  /** Holds of one person that were not paid, lapsed and cancelled ones too. */
  unpaidHoldsOfDay: triggered(6, DAY),
  /** The same for one interval of one doctor. */
  unpaidHoldsOfInterval: triggered(3, DAY),
  /** Paid visits that one person cancelled. Cancelling is never refused, the next booking is. */
  cancellationsOfWeek: triggered(5, 7 * DAY),

  // The room.
  /** Files of one side. */
  filesOfRoom: triggered(20, null),
  /** Lines of chat of one side, and bytes of their text. A new participant receives all of them. */
  chatLinesOfSide: ofRoom(1000, null),
  chatBytesOfSide: ofRoom(256 * 1024, null),
  /** Full pictures of the room, one for each `hello`; each may be 600 KB. A browser asks once after it connects. */
  greetingsOfSide: ofRoom(10, MINUTE),
  /** Media sessions at the SFU of one pass. A browser opens one for each connection. */
  sessionsOfPass: ofRoom(10, MINUTE),
} as const satisfies Record<string, Limit>;

/** Times that a limit by network is higher where the address is unknown and everybody is counted together. */
export const UNKNOWN_NETWORK_TIMES = 10;

export type LimitName = keyof typeof LIMITS;

/** Limits that the table `throttle` counts. */
export type CountedLimit = { [L in LimitName]: (typeof LIMITS)[L]['by'] extends 'counter' ? L : never }[LimitName];

/** Limits that a binding of wrangler.toml counts. */
export type EdgeLimit = { [L in LimitName]: (typeof LIMITS)[L]['by'] extends { edge: EdgeBinding } ? L : never }[LimitName];

/** Limits that a trigger enforces; the trigger raises this name. */
export type TriggerLimit = { [L in LimitName]: (typeof LIMITS)[L]['by'] extends 'trigger' ? L : never }[LimitName];

/** Limits with a page of their own. */
export type RateLimitName = CountedLimit | EdgeLimit;

/** When the current window of a limit ends, ms. Windows are aligned to the epoch. */
export const windowEndOf = (limit: RateLimitName, now: number): number => {
  const { windowMs } = LIMITS[limit];
  return (Math.floor(now / windowMs) + 1) * windowMs;
};
