// A refund claim in a fresh clinic, written as the patient's form writes it, and the people of finance. Used by the tests of decisions and of the finance
// pages.
import { DEFAULT_SETTINGS } from '../../workflows/rules/clinic-setting.ts';
import { STAFF } from '../../stand/clinic/people.ts';
import { type CastPerson, DAY, NOON, sessionFor } from '../cast.ts';
import type { Meeting } from '../routes/meeting.ts';
import { PLAIN } from '../documents/applications.ts';
import { d1, run } from './d1.ts';

export const CLAIM = '01930000-0000-7000-8000-00000000c1a1';

export interface MadeClaim {
  readonly id?: string;
  readonly number?: string;
  readonly amountMinor?: number;
  readonly demandedAt?: number;
  readonly via?: 'same' | 'account';
  readonly reason?: string;
  readonly text?: string;
}

const ACCOUNT = { holder: 'Тестова Анна Ивановна', bank: 'Банк «Пример»', bic: '044525225', last4: '1234' };

export async function claimOf(visit: Pick<Meeting, 'id' | 'anna'>, made: MadeClaim = {}): Promise<string> {
  const {
    id = CLAIM,
    number = 'В-2026-00042',
    amountMinor = 230_000,
    demandedAt = NOON,
    via = 'same',
    reason = 'brokeOff',
    text = PLAIN.text,
  } = made;
  const account = via === 'account' ? ACCOUNT : null;
  const body = { ...PLAIN, number, amountMinor, via, reason, text, account, consultation: { ...PLAIN.consultation, id: visit.id } };
  await d1.batch([
    d1
      .prepare(
        `INSERT INTO refund_claim (id, consultation_id, person_id, number, token, opened_by, demanded_at, due_at, next_at)
        VALUES (?1, ?2, ?3, ?4, ?4, 'patient', ?5, ?6, ?5)`,
      )
      .bind(id, visit.id, visit.anna.id, number, demandedAt, demandedAt + 10 * DAY),
    d1
      .prepare(
        `INSERT INTO claim_form (claim_id, version, at, person_id, amount_minor, reason, via, body, account_sealed, account_last4)
        VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
      )
      .bind(id, demandedAt, visit.anna.id, amountMinor, reason, via, JSON.stringify(body), account && 'sealed', account?.last4 ?? null),
  ]);
  return id;
}

export interface Finance {
  /** The finance person and the owner of the demo clinic. */
  readonly finance: CastPerson;
  readonly owner: CastPerson;
}

export async function financeAt(now: number): Promise<Finance> {
  const of = (role: string) => STAFF.find(person => person.role === role)?.id ?? '';
  const [finance, owner] = await Promise.all([sessionFor(of('finance'), 170, now), sessionFor(of('owner'), 171, now)]);
  await run([...finance.statements, ...owner.statements]);
  return { finance, owner };
}

export const sessionIdOf = async (person: CastPerson): Promise<string> =>
  (await d1.prepare('SELECT id FROM session WHERE token_hash = ?').bind(person.tokenHash).first<{ id: string }>())?.id ?? '';

export const sets = (key: keyof typeof DEFAULT_SETTINGS, value: string, since = NOON) =>
  d1.prepare('INSERT INTO clinic_setting (key, value, since, at) VALUES (?, ?, ?, ?)').bind(key, value, since, since).run();

export const signsByPhoto = (claimId: string, at: number) =>
  d1
    .prepare(`INSERT INTO claim_signature (id, claim_id, form_version, way, at) VALUES (?1 || ?2, ?1, 1, 'upload', ?2)`)
    .bind(claimId, at)
    .run();
