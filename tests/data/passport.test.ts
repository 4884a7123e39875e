// Reading a call's passport: the two participants and the allowed roles get all of it, and the read is logged; everyone else gets nothing.
import { beforeEach, describe, expect, test } from 'vitest';
import { DOCTORS, STAFF } from '../../stand/clinic/people.ts';
import { ask, write } from '../../worker/data/db.ts';
import { keepsDevice } from '../../worker/data/call-devices.ts';
import { noteFault } from '../../worker/data/call-passport.ts';
import { keepsCheck, patientsCheckRead } from '../../worker/data/device-checks.ts';
import { passportReads } from '../../worker/data/passports.ts';
import { attributed, passportOf } from '../../workflows/rules/passport.ts';
import { type CastPerson, MINUTE, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { call, ended, holderOf } from '../routes/passports.ts';
import { count, d1, db, freshClinic, run } from './d1.ts';

const ROLES = ['finance', 'support', 'owner'] as const;

let visit: Meeting;
const read = (as: CastPerson, now = visit.startsAt + 10 * MINUTE) =>
  ask(db, passportReads({ tokenHash: as.tokenHash, now }, visit.id, ROLES));
const staff = async (role: string) => {
  const index = STAFF.findIndex(person => person.role === role);
  const person = await sessionFor(STAFF[index]?.id ?? '', index, visit.startsAt);
  await run(person.statements);
  return person;
};
const looks = () => count("SELECT count(*) AS n FROM audit WHERE act = 'passport.read'");

beforeEach(async () => {
  await freshClinic();
  visit = await meeting(TOMORROW_14_30);
  await call(visit);
});

describe('the passport', () => {
  test('is whole and the same for the patient, the doctor and the roles that may', async () => {
    const { owner, journal: _, ...annas } = await read(visit.anna);
    const { owner: doctors, journal: __, ...seenByDoctor } = await read(visit.doctor);

    expect(owner).toMatchObject({ reader: 'patient', consultation: { id: visit.id }, patient: { familyName: 'Тестова1' } });
    expect(doctors?.reader).toBe('doctor');
    expect(seenByDoctor).toEqual(annas);
    expect(annas.attendances).toHaveLength(2);
    expect(annas.lates).toEqual([{ minutes: 5, at: visit.startsAt - MINUTE }]);
    expect(annas.minutes).toHaveLength(6);
    expect(annas.devices.map(({ role, browser, system, kind }) => [role, browser, system, kind])).toEqual([
      ['patient', 'safari', 'ios', 'phone'],
      ['doctor', 'yandex', 'windows', 'computer'],
    ]);
    for (const role of ROLES) {
      const { owner: staffs, journal: ___, ...seenByStaff } = await read(await staff(role));
      expect(staffs?.reader).toBe('staff');
      expect(seenByStaff).toEqual(annas);
    }
  });

  test('holds the facts as they were told; whose side they are of is said as they are read', async () => {
    const { faults } = await read(visit.anna);

    expect(faults.map(fault => fault.side)).toEqual(['patient', 'clinic', 'patient']);
    expect(attributed(faults).map(fault => fault.side)).toEqual(['sfu', 'patient']);
  });

  test('says of the first meeting what the consultation says', async () => {
    await ended(visit);
    const { owner, attendances } = await read(visit.anna, visit.startsAt + 60 * MINUTE);
    const facts = owner?.consultation.facts;
    if (!facts) throw new Error('no facts');
    const passport = passportOf(facts, attendances, [], facts.concludedAt ?? 0);

    expect(passport.metAt).toBe(facts.startedAt);
    expect(passport.togetherMinutes).toBe(21);
    expect(passport.missingMinutes).toEqual({ patient: 1, doctor: 3 });
  });

  test('shows a check whose measuring failed as one that says nothing of the network', async () => {
    const { checks } = await read(visit.anna);

    expect(checks.map(({ side, camera, network }) => [side, camera, network])).toEqual([
      ['patient', true, 'video'],
      ['patient', false, 'unknown'],
    ]);
  });
});

describe('to anybody else', () => {
  test('there is nothing, not even a count', async () => {
    const others = [visit.stranger, await staff('frontDesk'), await sessionFor(DOCTORS[0]?.id ?? '', 70, visit.startsAt)];
    await run(others[2]?.statements ?? []);
    for (const person of [...others, { ...visit.anna, tokenHash: '' }]) {
      const { owner, journal: _, ...rest } = await read(person);
      expect(owner).toBeNull();
      expect(Object.values(rest).flat()).toEqual([]);
    }
    expect(await looks()).toBe(0);
  });

  test('there is nothing once the session has ended', async () => {
    const finance = await staff('finance');
    await d1.prepare('UPDATE session SET ended_at = ?1').bind(visit.startsAt).run();

    expect((await read(visit.anna)).owner).toBeNull();
    expect((await read(finance)).owner).toBeNull();
    expect(await looks()).toBe(0);
  });
});

describe('the journal', () => {
  test('takes each look of the staff, and none of the two who met', async () => {
    const finance = await staff('finance');
    await read(visit.anna);
    await read(visit.doctor);
    expect(await looks()).toBe(0);

    await read(finance);
    await read(finance);

    expect(
      await count(
        "SELECT count(*) AS n FROM audit WHERE act = 'passport.read' AND person_id = ?1 AND subject_id = ?2",
        finance.id,
        visit.id,
      ),
    ).toBe(2);
  });

  test('takes none of a look at what is not there', async () => {
    const finance = await staff('finance');
    const gone = passportReads({ tokenHash: finance.tokenHash, now: visit.startsAt }, '01930000-0000-7000-8000-00000000dead', ROLES);

    expect((await ask(db, gone)).owner).toBeNull();
    expect(await looks()).toBe(0);
  });
});

test('the patient’s last check is for the doctor of the consultation alone', async () => {
  const last = async (as: CastPerson) =>
    (await ask(db, { check: patientsCheckRead({ tokenHash: as.tokenHash, now: visit.startsAt }, visit.id) })).check;
  const bad = { camera: false, microphone: true, speaker: false, network: 'audio', details: '{}' } as const;
  await write(db, [keepsCheck(visit.id, visit.doctor.id, bad, visit.startsAt)]);

  expect(await last(visit.doctor)).toMatchObject({ side: 'patient', camera: true, network: 'video', at: visit.startsAt - 5 * MINUTE });
  expect(await last(visit.anna)).toBeNull();
  expect(await last(visit.stranger)).toBeNull();
});

test('what device it was stays written, and only in words of the lists', async () => {
  await expect(d1.prepare("UPDATE call_device SET browser = 'edge'").run()).rejects.toThrow(/immutable/);
  await expect(d1.prepare('DELETE FROM call_device').run()).rejects.toThrow(/immutable/);
  const strange = { browser: 'netscape', system: 'windows', kind: 'computer' } as unknown as Parameters<typeof keepsDevice>[1];
  await expect(write(db, [keepsDevice(holderOf(visit, 'patient'), strange, visit.startsAt)])).rejects.toThrow(/CHECK/);
});

test('of twenty notes at once that the service is down one stays, and another a minute later', async () => {
  const down = { consultationId: visit.id, personId: null, side: 'sfu', kind: 'callsDown', detail: '503' } as const;
  const noted = () => count("SELECT count(*) AS n FROM call_fault WHERE kind = 'callsDown'");
  await Promise.all(Array.from({ length: 20 }, () => noteFault(db, down, visit.startsAt)));
  expect(await noted()).toBe(1);

  await noteFault(db, down, visit.startsAt + MINUTE - 1);
  expect(await noted()).toBe(1);
  await noteFault(db, down, visit.startsAt + MINUTE);
  expect(await noted()).toBe(2);
});
