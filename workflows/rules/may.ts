// Who may do what: one table of acts and roles. Each route declares its act (worker/http/requires.ts), and the rail shows the places whose act the
// viewer has (views/places.ts). Whose record it is, each statement checks in addition. tests/routes/access.test.ts walks all routes with all roles.
import type { Role } from './person.ts';

const EVERY_ROLE = ['patient', 'doctor', 'frontDesk', 'finance', 'support', 'owner'] as const satisfies readonly Role[];

const MAY = {
  /** Pages for anybody, signed in or not. */
  open: 'anybody',
  /** Machines and browsers that prove themselves by a signature or a pass, or are believed in nothing. */
  machine: 'anybody',
  /** Records of one's own, or of one's own visits: the statement finds no others. */
  signedIn: EVERY_ROLE,
  book: ['patient'],
  /** A doctor's own visits. */
  desk: ['doctor'],
  workplace: ['doctor', 'frontDesk', 'finance', 'support', 'owner'],
  /** The call's passport of a visit that one did not meet in; each look is journalled. */
  passport: ['finance', 'support', 'owner'],
  /** Which protocols wait too long for their doctor: time and doctor, nothing of the patient. */
  overdueProtocols: ['frontDesk'],
} as const satisfies Record<string, readonly Role[] | 'anybody'>;

export type Act = keyof typeof MAY;
/** Acts of certain roles. */
type RoleAct = { [A in Act]: (typeof MAY)[A] extends 'anybody' ? never : A }[Act];

export const isOpen = (act: Act): act is Exclude<Act, RoleAct> => MAY[act] === 'anybody';

export const may = (roles: readonly Role[], act: RoleAct): boolean => roles.some(role => rolesFor(act).includes(role));

/** Who may, for a read that resolves the asker's roles inside its statement. */
export const rolesFor = (act: RoleAct): readonly Role[] => MAY[act];
