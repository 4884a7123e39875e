// A refund claim as a row, for tests that need one and not the form.
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { DAY, MAKETOVA } from '../cast.ts';
import { d1 } from '../data/d1.ts';
import { type Meeting } from './meeting.ts';

export const APPLICATION: ApplicationFacts = {
  number: 'В-2026-00042',
  version: 1,
  madeAt: Date.parse('2026-11-24T12:00:00+03:00'),
  zone: 'Europe/Moscow',
  clinic: {
    legalName: 'ООО «Пример»',
    address: 'Москва',
    inn: '0',
    ogrn: '0',
    head: 'Показова В. П.',
    claimsAddress: 'zayavlenie+t@clinic.example',
  },
  claimant: { name: 'Тестова Анна', email: 'anna@example.ru', phone: null, address: null },
  child: null,
  offer: { version: 7, acceptedAt: Date.parse('2026-11-20T12:00:00+03:00') },
  consultation: {
    id: 'c',
    doctor: MAKETOVA.familyName,
    startsAt: Date.parse('2026-11-24T10:00:00+03:00'),
    endsAt: Date.parse('2026-11-24T10:30:00+03:00'),
  },
  paid: [{ minor: 230_000, at: Date.parse('2026-11-23T10:00:00+03:00'), method: 'bank_card:4477', receipt: '118' }],
  amountMinor: 230_000,
  currency: 'RUB',
  reason: 'noConnection',
  text: '',
  via: 'same',
  account: null,
  call: null,
};

/** An unsigned claim of the visit's patient. */
export async function demanded(id: string, visit: Meeting, at: number): Promise<void> {
  await d1.batch([
    d1
      .prepare(
        `INSERT INTO refund_claim (id, consultation_id, person_id, number, token, opened_by, demanded_at, due_at, next_at)
          VALUES (?1, ?2, ?3, 'В-2026-00042', 'token', 'patient', ?4, ?5, ?4)`,
      )
      .bind(id, visit.id, visit.anna.id, at, at + 10 * DAY),
    d1
      .prepare(
        "INSERT INTO claim_form (claim_id, version, at, person_id, amount_minor, reason, via, body) VALUES (?1, 1, ?2, ?3, 230000, 'noConnection', 'same', ?4)",
      )
      .bind(id, at, visit.anna.id, JSON.stringify(APPLICATION)),
  ]);
}
