// Stores the person that Gosuslugi returned: SNILS sealed and masked, the rest unchanged. Called by worker/routes/public/sign-in.tsx.
import type { Write, Database } from '../data/db.ts';
import { takeOver } from '../data/people.ts';
import type { ProvenPerson } from '../providers/identity/port.ts';
import { asciiOf } from '../letters/address.ts';
import type { Sealer } from './seal.ts';

export async function takeOverPerson(
  db: Database,
  seal: Sealer,
  person: ProvenPerson,
  now: number,
): Promise<{ personId: string; writes: Write[] }> {
  const { snils, ...claims } = person;
  const key = person.email === null ? null : asciiOf(person.email);
  return await takeOver(
    db,
    {
      ...claims,
      emailKey: key === person.email ? null : key,
      snilsSealed: snils ? await seal.seal(snils, 'snils') : null,
      snilsMasked: snils ? `•••-•••-••${snils.slice(-4)}` : null,
    },
    now,
  );
}
