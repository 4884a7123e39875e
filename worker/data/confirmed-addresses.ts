// Addresses to which letters about a person's visits may go: the verified one from Gosuslugi, and those confirmed by a code. Called by
// worker/booking/address.ts.
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { type Database, type Read, some, write } from './db.ts';

/** Whether the asker may receive letters at this address, its domain in Punycode. */
export const isConfirmedRead = (asker: Asker, email: string): Read<boolean> => ({
  sql: `${AS_ASKER} SELECT 1 FROM person p WHERE p.id = ${ME} AND coalesce(p.email_key, p.email) = ?3
    UNION ALL SELECT 1 FROM confirmed_address a WHERE a.person_id = ${ME} AND a.email = ?3`,
  args: [...asArgs(asker), email],
  take: some,
});

export async function confirmAddress(db: Database, asker: Asker, email: string): Promise<void> {
  await write(db, [
    {
      sql: `${AS_ASKER} INSERT OR IGNORE INTO confirmed_address (person_id, email, session_id, at) SELECT me, ?3, session_id, ?2 FROM asking`,
      args: [...asArgs(asker), email],
    },
  ]);
}
