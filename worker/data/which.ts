// Which consultation a statement is about: an SQL expression for its id, with the common tables and arguments it needs. One statement then
// serves the system, which knows the id, and a reader, whose access is checked in the same statement.
import type { Arg } from './db.ts';

export interface Which {
  /** «WITH …» or empty. */
  readonly with: string;
  /** The id, or no row at all. */
  readonly id: string;
  readonly args: readonly Arg[];
}

export const byId = (consultationId: string): Which => ({ with: '', id: '?1', args: [consultationId] });

export const ofProtocol = (protocolId: string): Which => ({
  with: '',
  id: '(SELECT p.consultation_id FROM protocol p WHERE p.id = ?1)',
  args: [protocolId],
});
