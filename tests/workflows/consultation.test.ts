// The story of a consultation and each of its bad ends, told in skipped time against faked activities.
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLOSING_PATIENCE_MS, DOCTOR_LATE_MS, PATIENT_ABSENT_MS, PAYMENT_LIFE_MS } from '../../workflows/clocks.ts';
import { type ConsultationInput, SEARCH_ATTRIBUTES, workflowIdOf } from '../../workflows/messages.ts';
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { booked, DAY, type FakeActivities, fakeActivities, HOUR, MINUTE } from './fake-activities.ts';
import { started, timeSkippingServer, workerFor } from './server.ts';
import { told } from './story.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkippingServer();
});
afterAll(() => env?.teardown());

type Handle = Awaited<ReturnType<typeof started>>;
interface Stage {
  readonly input: ConsultationInput;
  readonly fake: FakeActivities;
  readonly workflow: Handle;
  /** The facts change in D1 and the signal tells of it. */
  readonly happens: (signal: string, facts?: Partial<FakeActivities['facts']>, messageId?: string) => Promise<void>;
  /** Lets time pass. */
  readonly later: (ms: number) => Promise<void>;
  /** When the workflow ended, ms. The server's clock continues after that, so only this value shows it. */
  readonly endedAt: () => Promise<number>;
}

let count = 0;
async function onStage(
  act: (stage: Stage) => Promise<void>,
  change: (now: number) => Partial<ConsultationInput> = () => ({}),
): Promise<void> {
  const now = await env.currentTimeMs();
  const input = booked(`c${++count}`, now, change(now));
  const fake = fakeActivities(input);
  const worker = await workerFor(env, fake, `queue-${count}`);
  await told(env, worker, workflowIdOf(input.consultationId), async () => {
    const workflow = await started(env, input, `queue-${count}`);
    await act({
      input,
      fake,
      workflow,
      happens: async (signal, facts = {}, messageId = `${signal}:${count}:${Math.random()}`) => {
        fake.facts = { ...fake.facts, ...facts };
        await workflow.signal(signal, { messageId });
      },
      later: ms => env.sleep(ms),
      endedAt: async () => (await workflow.describe()).closeTime?.getTime() ?? 0,
    });
  });
}

const PAID = { status: 'paid', money: 'held' } as const;

describe('a reservation', () => {
  test('that is paid in time becomes an appointment, with reminders a day, an hour and ten minutes before, until the visit ends', () =>
    onStage(async ({ fake, input, workflow, happens, later, endedAt }) => {
      await later(5 * MINUTE);
      await happens('paid', PAID);
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'paid', money: 'held' });
      expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'reminder24h:1', 'reminder1h:1', 'reminder10m:1', 'doctorLate:1']);
      expect(fake.asked).not.toContain('settleExpiry');
      expect(await endedAt()).toBeGreaterThanOrEqual(input.endsAt);
    }));

  test('lapses when nobody pays before it expires, and the workflow stays until no payment can come any more', () =>
    onStage(async ({ fake, input, workflow, endedAt }) => {
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'lapsed', money: 'nothing' });
      expect(fake.letters()).toEqual(['booked:1', 'lapsed:1']);
      expect(fake.keys).toContain(`consultation:${input.consultationId}:lapse:${input.expiresAt}`);
      expect(await endedAt()).toBeGreaterThanOrEqual(input.expiresAt + PAYMENT_LIFE_MS);
    }));

  test('whose payment the provider confirms only when asked at the last moment does not lapse', () =>
    onStage(async ({ fake, workflow }) => {
      fake.onExpiry = () => PAID;
      const ending = await workflow.result();

      expect(ending.status).toBe('paid');
      expect(fake.letters().slice(0, 2)).toEqual(['booked:1', 'paid:1']);
    }));

  test('that the staff extended lapses at the new end and not before', () =>
    onStage(async ({ fake, input, workflow, happens, later }) => {
      const expiresAt = input.expiresAt + 20 * MINUTE;
      await later(5 * MINUTE);
      await happens('extended', { expiresAt });
      await later(15 * MINUTE);
      expect(fake.asked).not.toContain('settleExpiry');
      await workflow.result();

      expect(fake.keys).toContain(`consultation:${input.consultationId}:lapse:${expiresAt}`);
    }));

  test('whose extension was told to D1 only is not lapsed: the fake answers that it is still held, and is asked at the new end', () =>
    onStage(async ({ fake, input, workflow }) => {
      const expiresAt = input.expiresAt + 20 * MINUTE;
      fake.onExpiry = facts => (facts.expiresAt === expiresAt ? { status: 'lapsed' } : { expiresAt });
      const ending = await workflow.result();

      expect(ending.status).toBe('lapsed');
      expect(fake.asked.filter(what => what === 'settleExpiry')).toHaveLength(2);
    }));

  test('is settled again under another key when the fake’s clock has not reached the end yet', () =>
    onStage(async ({ fake, input, workflow }) => {
      let times = 0;
      fake.onExpiry = () => (++times < 3 ? {} : { status: 'lapsed' });
      await workflow.result();

      const key = `consultation:${input.consultationId}:lapse:${input.expiresAt}`;
      expect(fake.keys.filter(k => k.includes(':lapse:'))).toEqual([key, `${key}:1`, `${key}:2`]);
    }));

  test('is not paid by a signal alone: somebody’s «paid» from the console only makes it look', () =>
    onStage(async ({ fake, workflow, later }) => {
      await later(MINUTE);
      await workflow.signal('paid');
      const ending = await workflow.result();

      expect(ending.status).toBe('lapsed');
      expect(fake.letters()).toEqual(['booked:1', 'lapsed:1']);
    }));

  test('survives an edge that fails for a while at the worst moment', () =>
    onStage(async ({ fake, workflow }) => {
      let times = 0;
      fake.onExpiry = () => {
        if (++times < 4) throw new Error('The fake is down.');
        return { status: 'lapsed' };
      };
      const ending = await workflow.result();

      expect(ending.status).toBe('lapsed');
    }));

  test('lapses though the post is broken: no deadline waits for a letter, the letters come later', () =>
    onStage(async ({ fake, workflow, later }) => {
      let isBroken = true;
      fake.onLetter = () => {
        if (isBroken) throw new Error('The post is down.');
      };
      await later(11 * MINUTE);
      expect(fake.facts.status).toBe('lapsed');
      isBroken = false;
      await workflow.result();

      expect([...new Set(fake.letters())]).toEqual(['booked:1', 'lapsed:1']);
    }));

  test('goes on when a letter is refused for good', () =>
    onStage(async ({ fake, workflow }) => {
      fake.onLetter = kind => {
        if (kind === 'booked') throw ApplicationFailure.nonRetryable('No such address.', 'Edge400');
      };
      const ending = await workflow.result();

      expect(ending.status).toBe('lapsed');
      expect(fake.letters()).toEqual(['booked:1', 'lapsed:1']);
    }));
});

describe('money that comes late', () => {
  test('keeps the appointment when the interval is still free', () =>
    onStage(async ({ fake, workflow, happens, later }) => {
      await later(30 * MINUTE);
      expect(fake.letters()).toEqual(['booked:1', 'lapsed:1']);
      await happens('paid', PAID);
      const ending = await workflow.result();

      expect(ending.status).toBe('paid');
      expect(fake.letters().slice(0, 4)).toEqual(['booked:1', 'lapsed:1', 'paid:1', 'reminder24h:1']);
    }));

  test('goes back by itself when the interval is gone; the workflow stays until it has, and tells the patient', () =>
    onStage(async ({ fake, workflow, happens, later }) => {
      let asked = 0;
      fake.onRefunds = () => (++asked < 4 ? { money: 'returning', openRefunds: 1 } : { money: 'returned', openRefunds: 0 });
      await later(30 * MINUTE);
      await happens('paid', { money: 'held' });
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'lapsed', money: 'returned' });
      expect(asked).toBeGreaterThanOrEqual(4);
      expect(fake.letters()).toEqual(['booked:1', 'lapsed:1', 'returned:1']);
    }));

  test('is found without any notice, because open payments are asked about until they end', () =>
    onStage(async ({ fake, input, workflow, endedAt }) => {
      let asked = 0;
      fake.onExpiry = () => ({ status: 'lapsed', openPayments: 1 });
      fake.onCheck = () => (++asked < 20 ? {} : { openPayments: 0, money: 'held' });
      fake.onRefunds = () => ({ money: 'returned' });
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'lapsed', money: 'returned' });
      expect(asked).toBe(20);
      expect(await endedAt()).toBeGreaterThan(input.expiresAt + PAYMENT_LIFE_MS);
      expect(fake.letters()).toContain('returned:1');
    }));

  test('on top of a paid appointment (two attempts, both paid) goes back, and the appointment stays', () =>
    onStage(async ({ fake, workflow, happens, later }) => {
      await later(2 * MINUTE);
      await happens('paid', PAID);
      await later(MINUTE);
      const before = fake.asked.filter(what => what === 'settleRefunds').length;
      let asked = 0;
      fake.onRefunds = () => (++asked < 3 ? { money: 'returning', openRefunds: 1 } : { money: 'partReturned', openRefunds: 0 });
      await happens('paid');
      const ending = await workflow.result();

      expect(ending.status).toBe('paid');
      expect(asked).toBe(3);
      expect(fake.asked.filter(what => what === 'settleRefunds').length).toBe(before + 3);
      expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'reminder24h:1', 'reminder1h:1', 'reminder10m:1', 'doctorLate:1']);
    }));
});

describe('an appointment', () => {
  test('that is cancelled gets no reminder; the money goes back, the letter does not wait for the bank, the workflow does', () =>
    onStage(async ({ fake, input, workflow, happens, later, endedAt }) => {
      let asked = 0;
      fake.onRefunds = facts => {
        if (facts.status !== 'cancelled') return {};
        return ++asked < 5 ? { money: 'returning', openRefunds: 1 } : { money: 'returned', openRefunds: 0 };
      };
      await later(MINUTE);
      await happens('paid', PAID);
      await later(HOUR);
      await happens('cancelled', { status: 'cancelled', money: 'returning', openRefunds: 1 });
      await later(MINUTE);
      expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'cancelled:1']);
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'cancelled', money: 'returned' });
      expect(asked).toBe(5);
      expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'cancelled:1']);
      expect(await endedAt()).toBeLessThan(input.startsAt);
    }));

  test('that is cancelled before it was paid sends back what an open payment brings', () =>
    onStage(async ({ fake, workflow, happens, later }) => {
      fake.onCheck = () => ({ openPayments: 0, money: 'returning', openRefunds: 1 });
      fake.onRefunds = facts => (facts.openRefunds > 0 ? { money: 'returned', openRefunds: 0 } : {});
      await later(MINUTE);
      await happens('cancelled', { status: 'cancelled', openPayments: 1 });
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'cancelled', money: 'returned' });
      expect(fake.letters()).toEqual(['booked:1', 'cancelled:1']);
    }));

  test('that is moved gets a letter about it and the reminders of its new time only', () =>
    onStage(async ({ fake, input, workflow, happens, later, endedAt }) => {
      const moved = { startsAt: input.startsAt + 4 * DAY, endsAt: input.endsAt + 4 * DAY, scheduleVersion: 2 };
      await later(MINUTE);
      await happens('paid', PAID);
      await later(2 * DAY + HOUR);
      await happens('rescheduled', moved);
      await workflow.result();

      expect(fake.letters()).toEqual([
        'booked:1',
        'paid:1',
        'reminder24h:1',
        'rescheduled:2',
        'reminder24h:2',
        'reminder1h:2',
        'reminder10m:2',
        'doctorLate:2',
      ]);
      expect(await endedAt()).toBeGreaterThanOrEqual(moved.endsAt);
    }));

  test('that is moved twice gets a letter for each time, and a repeated signal none', () =>
    onStage(async ({ fake, input, workflow, happens, later }) => {
      const moved = (days: number) => ({
        startsAt: input.startsAt + days * DAY,
        endsAt: input.endsAt + days * DAY,
        scheduleVersion: days + 1,
      });
      await later(MINUTE);
      await happens('paid', PAID);
      await later(MINUTE);
      await happens('rescheduled', moved(1), 'first');
      await later(MINUTE);
      await happens('rescheduled', moved(2), 'second');
      await later(MINUTE);
      await happens('rescheduled', {}, 'second');
      await later(MINUTE);
      await workflow.terminate();

      expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'rescheduled:2', 'rescheduled:3']);
    }));

  test('tomorrow gets no reminder a day before, because that time has passed', () =>
    onStage(
      async ({ fake, workflow, happens }) => {
        await happens('paid', PAID);
        await workflow.result();

        expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'reminder1h:1', 'reminder10m:1', 'doctorLate:1']);
      },
      now => ({ startsAt: now + 20 * HOUR, endsAt: now + 21 * HOUR }),
    ));

  test('is not ended by cancelling its workflow in the console', () =>
    onStage(async ({ fake, workflow, happens, later }) => {
      await later(MINUTE);
      await happens('paid', PAID);
      await workflow.cancel();
      const ending = await workflow.result();

      expect(ending.status).toBe('paid');
      expect(fake.letters()).toContain('reminder10m:1');
    }));
});

describe('the visit', () => {
  /** Paid, with reminders in the past; it begins in this many minutes. */
  const visit = (act: (stage: Stage) => Promise<void>) =>
    onStage(
      async stage => {
        await stage.happens('paid', PAID);
        await act(stage);
      },
      now => ({ startsAt: now + 5 * MINUTE, endsAt: now + 35 * MINUTE }),
    );
  const stateOf = async (workflow: Handle) => (await workflow.describe()).typedSearchAttributes.get(SEARCH_ATTRIBUTES.state);

  test('that both came to ends when the doctor ends it; then the room is closed and nothing was noted', () =>
    visit(async ({ fake, input, workflow, happens, later, endedAt }) => {
      await later(4 * MINUTE);
      await happens('entered', { status: 'waiting', patientEnteredAt: input.startsAt - MINUTE });
      await later(2 * MINUTE);
      await happens('entered', { status: 'progress', doctorEnteredAt: input.startsAt + MINUTE });
      await later(20 * MINUTE);
      await happens('left');
      expect(fake.asked).not.toContain('closeRoom');
      await happens('concluded', { status: 'concluded', money: 'kept' });
      await later(MINUTE);
      expect(fake.asked.filter(what => what === 'closeRoom')).toHaveLength(1);
      await happens('protocolSigned', { status: 'published' });
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'published', money: 'kept' });
      expect(fake.asked.filter(what => what.startsWith('note'))).toEqual([]);
      expect(await endedAt()).toBeLessThan(input.endsAt + MINUTE);
    }));

  test('whose doctor is late is noted ten minutes after the start, shows in the console, and goes on when the doctor comes', () =>
    visit(async ({ fake, input, workflow, happens, later }) => {
      await happens('entered', { status: 'waiting', patientEnteredAt: input.startsAt - MINUTE });
      await later(5 * MINUTE + DOCTOR_LATE_MS - MINUTE);
      expect(fake.asked).not.toContain('noteDoctorLate');
      await later(2 * MINUTE);
      expect(fake.keys).toContain(`consultation:${input.consultationId}:doctorLate:1`);
      expect(await stateOf(workflow)).toBe('doctorLate');
      const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      expect(currentDetails).toContain('doctor has not come');

      await happens('entered', { status: 'progress', doctorEnteredAt: input.startsAt + 12 * MINUTE });
      await later(MINUTE);
      expect(await stateOf(workflow)).toBe('progress');
      await happens('concluded', { status: 'concluded', money: 'kept' });
      await later(MINUTE);
      expect(await stateOf(workflow)).toBe('concluded');
      await happens('protocolSigned', { status: 'published' });
      await workflow.result();
      expect(await stateOf(workflow)).toBe('published');
      expect(fake.asked).not.toContain('notePatientAbsent');
      expect(fake.letters().filter(letter => letter.startsWith('doctorLate'))).toEqual(['doctorLate:1']);
    }));

  test('whose doctor came in the last second gets no letter about lateness', () =>
    visit(async ({ fake, input, workflow, happens, later }) => {
      await later(MINUTE);
      fake.facts = { ...fake.facts, doctorEnteredAt: input.startsAt + DOCTOR_LATE_MS };
      await later(5 * MINUTE + DOCTOR_LATE_MS);
      await happens('concluded', { status: 'concluded', money: 'kept' });
      await happens('protocolSigned', { status: 'published' });
      await workflow.result();

      expect(fake.asked).toContain('noteDoctorLate');
      expect(fake.letters().filter(letter => letter.startsWith('doctorLate'))).toEqual([]);
    }));

  test('whose late doctor cost it: the patient takes the money, the room is closed, everything goes back, and the workflow ends', () =>
    visit(async ({ fake, workflow, happens, later }) => {
      let asked = 0;
      fake.onRefunds = () => (++asked < 2 ? { money: 'returning', openRefunds: 1 } : { money: 'returned', openRefunds: 0 });
      await later(5 * MINUTE + DOCTOR_LATE_MS + MINUTE);
      await happens('cancelled', { status: 'cancelled', money: 'returning', openRefunds: 1 });
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'cancelled', money: 'returned' });
      expect(fake.asked.filter(what => what === 'closeRoom')).toHaveLength(1);
      expect(fake.letters().slice(-2)).toEqual(['doctorLate:1', 'cancelled:1']);
      expect(fake.asked).not.toContain('notePatientAbsent');
    }));

  test('that is moved away from a late doctor is watched, and may be late, at its new time', () =>
    visit(async ({ fake, input, workflow, happens, later }) => {
      await later(5 * MINUTE + DOCTOR_LATE_MS + MINUTE);
      await happens('rescheduled', { startsAt: input.startsAt + DAY, endsAt: input.endsAt + DAY, scheduleVersion: 2 });
      await later(MINUTE);
      expect(await stateOf(workflow)).toBe('paid');
      await later(DAY);
      expect(fake.keys).toContain(`consultation:${input.consultationId}:doctorLate:2`);
      await happens('concluded', { status: 'failed', money: 'held' });
      await workflow.result();

      expect(fake.letters()).toEqual([
        'booked:1',
        'paid:1',
        'doctorLate:1',
        'rescheduled:2',
        'reminder1h:2',
        'reminder10m:2',
        'doctorLate:2',
        'returned:2',
      ]);
    }));

  test('whose patient does not come is noted a quarter of an hour after the start; ending it stays the doctor’s', () =>
    visit(async ({ fake, input, workflow, happens, later }) => {
      await happens('entered', { doctorEnteredAt: input.startsAt });
      await later(5 * MINUTE + PATIENT_ABSENT_MS + MINUTE);
      expect(fake.asked.filter(what => what.startsWith('note'))).toEqual(['notePatientAbsent']);
      expect(await stateOf(workflow)).toBe('patientAbsent');
      await happens('concluded', { status: 'absent', money: 'kept' });

      expect((await workflow.result()).status).toBe('absent');
      expect(await stateOf(workflow)).toBe('absent');
    }));

  test('whose protocol is signed a month later: the doctor was reminded after a day, once, and the workflow ends with the signature', () =>
    visit(async ({ fake, workflow, happens, later }) => {
      await later(30 * MINUTE);
      await happens('concluded', { status: 'concluded', money: 'kept' });
      await later(DAY - HOUR);
      expect(fake.letters()).not.toContain('unsigned:1');
      await later(30 * DAY);
      expect((await workflow.describe()).status.name).toBe('RUNNING');
      await happens('protocolSigned', { status: 'published' });
      const ending = await workflow.result();

      expect(ending.status).toBe('published');
      expect(fake.letters().filter(letter => letter === 'unsigned:1')).toHaveLength(1);
    }));

  test('whose second payment is still on its way back is looked after while the protocol is not signed', () =>
    visit(async ({ fake, workflow, happens, later }) => {
      await happens('concluded', { status: 'concluded', money: 'returning', openRefunds: 1 });
      fake.onRefunds = () => ({ money: 'kept', openRefunds: 0 });
      await later(HOUR);
      expect(fake.facts.openRefunds).toBe(0);
      await happens('protocolSigned', { status: 'published' });

      expect((await workflow.result()).money).toBe('kept');
    }));

  test('that nobody ends is left alone half a day after its time, and its room is closed', () =>
    visit(async ({ fake, input, workflow, endedAt }) => {
      const ending = await workflow.result();

      expect(ending.status).toBe('paid');
      expect(fake.asked.filter(what => what.startsWith('note') || what === 'closeRoom')).toEqual([
        'noteDoctorLate',
        'notePatientAbsent',
        'closeRoom',
      ]);
      expect(await endedAt()).toBeGreaterThanOrEqual(input.endsAt + UPCOMING_TAIL_MS);
    }));

  test('that runs past its booked end is not over until the doctor says so', () =>
    visit(async ({ fake, input, workflow, happens, later, endedAt }) => {
      await happens('entered', { status: 'progress', patientEnteredAt: input.startsAt, doctorEnteredAt: input.startsAt });
      await later(3 * HOUR);
      expect(fake.asked).not.toContain('closeRoom');
      await happens('concluded', { status: 'concluded', money: 'kept' });
      await happens('protocolSigned', { status: 'published' });
      await workflow.result();

      expect(await endedAt()).toBeGreaterThan(input.endsAt + HOUR);
    }));

  test('that is moved is watched at its new time', () =>
    visit(async ({ fake, input, workflow, happens, later }) => {
      await happens('rescheduled', { startsAt: input.startsAt + DAY, endsAt: input.endsAt + DAY, scheduleVersion: 2 });
      await later(HOUR);
      expect(fake.asked.filter(what => what.startsWith('note'))).toEqual([]);
      await later(DAY);
      expect(fake.keys).toContain(`consultation:${input.consultationId}:doctorLate:2`);
      await happens('concluded', { status: 'failed', money: 'held' });
      await workflow.result();
    }));

  test('ends even when its room cannot be closed: money does not hang on it', () =>
    visit(async ({ fake, workflow, happens, later, endedAt }) => {
      fake.onClose = () => {
        throw new Error('The room is broken.');
      };
      await later(10 * MINUTE);
      await happens('concluded', { status: 'failed', money: 'returning', openRefunds: 1 });
      fake.onRefunds = () => ({ money: 'returned', openRefunds: 0 });
      const began = await env.currentTimeMs();
      const ending = await workflow.result();

      expect(ending).toEqual({ status: 'failed', money: 'returned' });
      expect((await endedAt()) - began).toBeLessThan(CLOSING_PATIENCE_MS + HOUR);
    }));
});

test('a reminder whose time passed while the fake was down for minutes is not sent', () =>
  onStage(async ({ fake, workflow, happens, later }) => {
    await later(MINUTE);
    await happens('paid', PAID);
    await later(2 * DAY - 2 * MINUTE);
    // Retries slow down to one in thirty seconds, so twenty of them take eight minutes.
    let fails = 20;
    fake.onStanding = () => {
      if (fails-- > 0) throw new Error('The fake is down.');
    };
    await happens('extended');
    await workflow.result();

    expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'reminder1h:1', 'reminder10m:1', 'doctorLate:1']);
  }));

test('a message that is told twice is looked at once', () =>
  onStage(async ({ fake, workflow, happens, later }) => {
    await later(MINUTE);
    await happens('paid', {}, 'same');
    await later(MINUTE);
    await happens('paid', {}, 'same');
    await later(MINUTE);
    expect(fake.asked.filter(what => what === 'settleRefunds')).toHaveLength(1);
    await workflow.terminate();
  }));

test('the console shows the state in a sentence, and finds the workflow by state, money, doctor and day', () =>
  onStage(async ({ input, workflow, happens, later }) => {
    await later(MINUTE);
    await happens('paid', PAID);
    await later(MINUTE);
    const description = await workflow.describe();
    const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    const history = await workflow.fetchHistory();
    await workflow.terminate();

    const found = description.typedSearchAttributes;
    expect(found.get(SEARCH_ATTRIBUTES.state)).toBe('paid');
    expect(found.get(SEARCH_ATTRIBUTES.money)).toBe('held');
    expect(found.get(SEARCH_ATTRIBUTES.doctor)).toBe('doctor-1');
    expect(found.get(SEARCH_ATTRIBUTES.startsAt)?.getTime()).toBe(input.startsAt);
    expect(currentDetails).toContain('is **paid**, money: **held**');
    const waits = history.events?.filter(event => event.timerStartedEventAttributes || event.activityTaskScheduledEventAttributes) ?? [];
    expect(waits.every(event => event.userMetadata?.summary)).toBe(true);
  }));
