// Who may do what: one table of acts and roles. Each route declares its act (worker/http/requires.ts), and the rail shows the places whose act the
// viewer has (views/places.ts). Whose record it is, each statement checks in addition. tests/routes/access.test.ts walks all routes with all roles.
import type { Role } from './person.ts';

const EVERY_ROLE = ['patient', 'doctor', 'frontDesk', 'finance', 'support', 'owner'] as const satisfies readonly Role[];

const MAY = {
  /** Pages for anybody, signed in or not. */
  open: 'anybody',
  /** Machines, and browsers that authenticate by a signature or a pass, or need no authentication because nothing they send is trusted. */
  machine: 'anybody',
  /** One's own records and visits; the statements return no others. */
  signedIn: EVERY_ROLE,
  book: ['patient'],
  /** A doctor's own visits. */
  desk: ['doctor'],
  /** Confirming with a reason that a visit took place without a call. */
  confirmVisits: ['frontDesk'],
  workplace: ['doctor', 'frontDesk', 'finance', 'support', 'owner'],
  /** The call's passport of other people's visits; each view is logged. */
  passport: ['finance', 'support', 'owner'],
  /** Decoded workflow histories in Temporal's console: ids and instants, nothing medical. */
  histories: ['support', 'owner'],
  /** Claims, refunds and the decisions on them: no clinical text. */
  refunds: ['finance', 'owner'],
  /** The clinic's requisites and limits. */
  settings: ['owner'],
  /** Which protocols are unsigned for too long: time and doctor, nothing about the patient. */
  overdueProtocols: ['frontDesk'],
  /** Letters that came in and wait for a person: read one, attach it to a claim, settle it. */
  letters: ['finance', 'support', 'owner'],
  /** What could not be done for any consultation. A doctor sees it for their own. */
  troubles: ['frontDesk', 'finance', 'support', 'owner'],
} as const satisfies Record<string, readonly Role[] | 'anybody'>;

export type Act = keyof typeof MAY;
/** Acts that need a role. */
type RoleAct = { [A in Act]: (typeof MAY)[A] extends 'anybody' ? never : A }[Act];

export const isOpen = (act: Act): act is Exclude<Act, RoleAct> => MAY[act] === 'anybody';

export const may = (roles: readonly Role[], act: RoleAct): boolean => roles.some(role => rolesFor(act).includes(role));

// The pages of a visit, and the connection check. The doctor's page of the card and the
// application for money back are under the address of the visit but are not for a borrowed device.
const OF_VISIT = /^\/(?:desk\/)?consultations\/([0-9a-f-]{36})(?:\.ics|\/(?!(?:card|refund-claim)(?:\/|$)).*)?$/;

/** Whether a session that was handed over for one visit may open this address. */
export const isOfVisit = (path: string, visitId: string): boolean =>
  OF_VISIT.exec(path)?.[1] === visitId || path === '/check' || path === '/check/pass';

/** The roles that may, for a read that checks the asker's roles inside its statement. */
export const rolesFor = (act: RoleAct): readonly Role[] => MAY[act];
