// Fake activities for workflow tests: the facts of one consultation, moved by hand, behind the same activities that the real one has.
import type { ClaimStanding, Standing } from '../../workflows/activities.ts';
import type { Keyed } from '../../workflows/proxies.ts';
import type { ConsultationInput } from '../../workflows/messages.ts';
import type { LetterKind } from '../../workflows/rules/letter.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface FakeActivities {
  facts: Standing;
  /** Every activity in the order of calls; letters as `letter:kind:version`. */
  readonly asked: string[];
  readonly keys: string[];
  readonly letters: () => string[];
  readonly activities: Keyed;
  /** What happens when the edge is called; by default the hold lapses and nothing else happens. */
  onStanding: () => void;
  onExpiry: (facts: Standing) => Partial<Standing>;
  onCheck: (facts: Standing) => Partial<Standing>;
  onRefunds: (facts: Standing) => Partial<Standing>;
  onLetter: (kind: LetterKind) => void;
  onClose: () => void;
  onRender: () => void;
  /** What a page of «Сверка» ends with. */
  onPage: () => 'more' | 'taken' | 'done';
  /** How a claim stands when it is looked after. */
  claim: ClaimStanding;
  onClaim: (claim: ClaimStanding) => Partial<ClaimStanding>;
}

export function fakeActivities(input: ConsultationInput): FakeActivities {
  const { startsAt, endsAt, expiresAt, scheduleVersion } = input;
  const asked: string[] = [];
  const keys: string[] = [];
  const note = (what: string, key: string | undefined) => {
    asked.push(what);
    if (key !== undefined) keys.push(key);
  };
  const move = (change: Partial<Standing>): Standing => (fake.facts = { ...fake.facts, ...change });

  const fake: FakeActivities = {
    facts: {
      status: 'reserved',
      money: 'nothing',
      startsAt,
      endsAt,
      expiresAt,
      scheduleVersion,
      openPayments: 0,
      openRefunds: 0,
      patientEnteredAt: null,
      doctorEnteredAt: null,
    },
    asked,
    keys,
    letters: () => asked.filter(what => what.startsWith('letter:')).map(what => what.slice('letter:'.length)),
    onStanding: () => undefined,
    onExpiry: () => ({ status: 'lapsed' }),
    onCheck: () => ({}),
    onRefunds: () => ({}),
    onPage: () => 'done',
    onLetter: () => undefined,
    onClose: () => undefined,
    onRender: () => undefined,
    claim: { state: 'demanded', owesMoney: false, letters: [], wakeAt: null, wakesFor: 'over' },
    onClaim: () => ({}),
    activities: {
      standing: async (_, key) => (note('standing', key), fake.onStanding(), fake.facts),
      settleExpiry: async (_, key) => (note('settleExpiry', key), move(fake.onExpiry(fake.facts))),
      checkPayments: async (_, key) => (note('checkPayments', key), move(fake.onCheck(fake.facts))),
      settleRefunds: async (_, key) => (note('settleRefunds', key), move(fake.onRefunds(fake.facts))),
      sendLetter: async ({ kind, scheduleVersion: version, subject }, key) => {
        note(`letter:${kind}:${subject ?? version}`, key);
        fake.onLetter(kind);
        return { kind: 'sent' };
      },
      noteDoctorLate: async (_, key) => (note('noteDoctorLate', key), { kind: fake.facts.doctorEnteredAt === null ? 'noted' : 'untrue' }),
      notePatientAbsent: async (_, key) => (
        note('notePatientAbsent', key), { kind: fake.facts.patientEnteredAt === null ? 'noted' : 'untrue' }
      ),
      renderProtocol: async (_, key) => (note('renderProtocol', key), fake.onRender(), { kind: 'rendered' }),
      lookAfterClaim: async (_, key) => (note('lookAfterClaim', key), (fake.claim = { ...fake.claim, ...fake.onClaim(fake.claim) })),
      reconcile: async ({ runId }) => (note('reconcile', runId ?? undefined), { kind: fake.onPage(), runId: runId ?? 'nightly' }),
      closeRoom: async (_, key) => (note('closeRoom', key), fake.onClose(), { kind: 'closed' }),
    },
  };
  return fake;
}

/** A consultation booked at the instant: ten minutes to pay, three days ahead, half an hour long. */
export const booked = (consultationId: string, now: number, change: Partial<ConsultationInput> = {}): ConsultationInput => ({
  consultationId,
  doctorId: 'doctor-1',
  expiresAt: now + 10 * MINUTE,
  startsAt: now + 3 * DAY,
  endsAt: now + 3 * DAY + 30 * MINUTE,
  scheduleVersion: 1,
  ...change,
});
