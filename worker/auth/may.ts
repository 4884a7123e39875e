// Who may do what, in one readable table.
import type { Role } from '../../workflows/rules/person.ts';

const MAY = {
  /** Their own records; each read and write names the person once more. */
  ownRecords: ['patient'],
  book: ['patient'],
  desk: ['doctor'],
  /** The call's passport of a visit that one did not meet in; each look is journalled. */
  passport: ['finance', 'support', 'owner'],
  /** Which protocols wait too long for their doctor: time and doctor, nothing of the patient. */
  overdueProtocols: ['frontDesk'],
  workplace: ['doctor', 'frontDesk', 'finance', 'support', 'owner'],
} as const satisfies Record<string, readonly Role[]>;

export type Act = keyof typeof MAY;

export const may = (roles: readonly Role[], act: Act): boolean => roles.some(role => (MAY[act] as readonly Role[]).includes(role));

/** Who may, for a read that resolves the asker's roles inside its statement. */
export const rolesFor = (act: Act): readonly Role[] => MAY[act];
