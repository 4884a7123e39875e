// Connection checks as their own person sees them again: the last one, of a visit or of any. What is written of a check stands in call-passport.ts.
import type { LastCheck } from '../../views/model.ts';
import { number, one, type Read, type Row, textOrNull } from './ask.ts';
import { type Asker, asArgs, ME } from './asker.ts';

/** The asker's last check for this visit; for the empty id, of any visit. Null when there was none. */
export const lastCheckRead = (asker: Asker, consultationId: string): Read<LastCheck | null> => ({
  sql: `SELECT at, camera, microphone, network, json_extract(details, '$.measured') AS measured FROM device_check
    WHERE person_id = ${ME} AND (?3 = '' OR consultation_id = ?3) ORDER BY at DESC, id DESC LIMIT 1`,
  args: [...asArgs(asker), consultationId],
  take: one(checkOf),
});

const NETWORKS = ['video', 'audio', 'chat'] as const;

// The column has no word for a network that could not be measured; the details say so.
const checkOf = (row: Row): LastCheck => ({
  at: number(row, 'at'),
  camera: number(row, 'camera') === 1,
  microphone: number(row, 'microphone') === 1,
  network: row.measured === 0 ? null : (NETWORKS.find(network => network === textOrNull(row, 'network')) ?? null),
});
