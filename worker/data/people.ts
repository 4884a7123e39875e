// People: created at the first sign-in through Gosuslugi (or by the front desk), updated at each later one, and found by a verified
// address. Called by worker/auth/take-over.ts and worker/routes/public/sign-in.tsx.
import { auditedIfChanged } from './audit.ts';
import { askOne, type Database, every, one, text, type Write, write } from './db.ts';
import { newId } from './ids.ts';

/** What an identity provider reports about a person. Address and phone only when verified. */
export interface Claims {
  readonly subject: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string | null;
  /** YYYY-MM-DD */
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly snilsSealed: string | null;
  readonly snilsMasked: string | null;
  readonly email: string | null;
  /** The address with its domain in Punycode; null when that is the address itself. */
  readonly emailKey: string | null;
  readonly phone: string | null;
  /** A confirmed account: the person's identity was verified with a passport. */
  readonly confirmed: boolean;
}

/**
 * Returns writes that store the provider's data, and the person they belong to. A known subject keeps its person. `confirmed` always takes
 * the provider's current value.
 */
export async function takeOver(db: Database, claims: Claims, now: number): Promise<{ personId: string; writes: Write[] }> {
  const known = await askOne(db, {
    sql: "SELECT person_id FROM identity WHERE provider = 'gosuslugi' AND subject = ?1",
    args: [claims.subject],
    take: one(row => text(row, 'person_id')),
  });
  const personId = known ?? newId();
  const person: Write = {
    sql: `INSERT INTO person (id, family_name, given_name, middle_name, birth_date, sex, email, phone, snils_sealed, snils_masked, created_at, updated_at, email_key)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12)
      ON CONFLICT (id) DO UPDATE SET family_name = ?2, given_name = ?3, middle_name = ?4, birth_date = coalesce(?5, birth_date), sex = coalesce(?6, sex),
        email = coalesce(?7, email), email_key = CASE WHEN ?7 IS NULL THEN email_key ELSE ?12 END, phone = coalesce(?8, phone), snils_sealed = coalesce(?9, snils_sealed), snils_masked = coalesce(?10, snils_masked), updated_at = ?11`,
    args: [
      personId,
      claims.familyName,
      claims.givenName,
      claims.middleName,
      claims.birthDate,
      claims.sex,
      claims.email?.toLowerCase() ?? null,
      claims.phone,
      claims.snilsSealed,
      claims.snilsMasked,
      now,
      claims.emailKey?.toLowerCase() ?? null,
    ],
  };
  const identity: Write = {
    sql: `INSERT INTO identity (id, person_id, provider, subject, confirmed, at) VALUES (?1, ?2, 'gosuslugi', ?3, ?4, ?5)
      ON CONFLICT (provider, subject) DO UPDATE SET confirmed = ?4, at = ?5`,
    args: [newId(), personId, claims.subject, claims.confirmed ? 1 : 0, now],
  };
  return { personId, writes: [person, identity] };
}

/** Keeps a date of birth that Gosuslugi did not give; one that is known stays. `birthDate` is YYYY-MM-DD. */
export async function keepBirthDate(
  db: Database,
  { personId, sessionId, now }: { readonly personId: string; readonly sessionId: string; readonly now: number },
  birthDate: string,
): Promise<void> {
  await write(db, [
    {
      sql: 'UPDATE person SET birth_date = ?2, updated_at = ?3 WHERE id = ?1 AND birth_date IS NULL',
      args: [personId, birthDate, now],
    },
    auditedIfChanged({ now, personId, sessionId, act: 'person.birthDate', kind: 'person', id: personId }),
  ]);
}

export type AddressOwner =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'several' };

/** Who may sign in with an address, its domain in Punycode: exactly one person with a confirmed identity, or one member of staff. */
export async function ownerOf(db: Database, email: string): Promise<AddressOwner> {
  const [personId, other] = await askOne(db, {
    sql: `SELECT p.id FROM person p WHERE coalesce(p.email_key, p.email) = ?1 AND p.email IS NOT NULL AND (EXISTS (SELECT 1 FROM identity i WHERE i.person_id = p.id AND i.confirmed = 1)
        OR EXISTS (SELECT 1 FROM role r WHERE r.person_id = p.id)) LIMIT 2`,
    args: [email],
    take: every(row => text(row, 'id')),
  });
  if (other !== undefined) return { kind: 'several' };
  return personId === undefined ? { kind: 'nobody' } : { kind: 'person', personId };
}
