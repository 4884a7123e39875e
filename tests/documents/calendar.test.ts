// The calendar files as programs read them: tests/cases/check_ics.py and ical.js, for files and letters made by the product, in zones with every
// kind of offset.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveMail } from '../../stand/mail/mail.ts';
import { calendarOf } from '../../worker/letters/calendar.ts';
import { resend } from '../../worker/providers/mail/resend.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';
import { DAY, DOCTOR, factsWith, NOON } from '../cast.ts';

const run = promisify(execFile);
const CHECK = join(import.meta.dirname, '../cases/check_ics.py');
const SENDER = { PUBLIC_URL: 'https://clinic.example', MAIL_FROM: 'Клиника «Пример» <priem@почта.рф>' };
const ZONES = ['Europe/Moscow', 'Europe/Berlin', 'Asia/Dubai', 'America/St_Johns'];
const SUMMER = Date.parse('2026-07-14T12:00:00Z');

const clinicIn = (zone: string): ClinicSettings => ({
  name: { ru: 'Клиника «Пример»', en: 'Example clinic' },
  legalName: 'ООО «Пример»',
  licence: 'Л041',
  address: 'Москва',
  phone: '+7 495 000-00-00',
  zone,
  holdMinutes: 10,
  leadMinutes: 0,
  waitingMinutes: 15,
  joinMinutes: 7,
  freeHours: 24,
  keptPercent: 10,
  vatCode: 1,
});

const visit = (given: Partial<Consultation> = {}): Consultation => ({
  id: '01930000-0000-7000-8000-00000000f11e',
  patientId: 'p',
  doctor: DOCTOR,
  facts: factsWith({ firmAt: NOON }),
  createdAt: NOON,
  email: 'anna@почта.рф',
  lang: 'ru',
  zone: null,
  scheduleVersion: 1,
  policy: { freeHours: 24, keptPercent: 10 },
  isConfirmed: false,
  refusedReason: null,
  paymentOpen: false,
  openPayments: 0,
  openRefunds: 0,
  doctorEnteredAt: null,
  trace: { lates: [], cameAt: null, version: 1 } as unknown as Consultation['trace'],
  hasWaited: false,
  moves: 0,
  movedFrom: null,
  cancelReason: null,
  ...given,
});
const cancelled = visit({ facts: factsWith({ firmAt: NOON, cancelledAt: NOON + 1, cancelledBy: 'patient' }) });

let folder: string;
let mailbox: Awaited<ReturnType<typeof serveMail>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'calendars-'));
  const secret = `whsec_${Buffer.from('a webhook secret of the tests').toString('base64')}`;
  mailbox = await serveMail({
    port: 0,
    apiKey: 're_test',
    webhookSecret: secret,
    webhookUrl: 'http://127.0.0.1:1',
    now: Date.now,
    heartbeatMs: 60_000,
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await mailbox.close();
});

/** What check_ics.py finds: its lines that begin with BAD. */
async function faultsOf(name: string, content: string): Promise<string[]> {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { stdout } = await run('python3', [CHECK, file]).catch((error: { stdout: string }) => error);
  expect(stdout).toContain('METHOD:');
  return stdout.split('\n').filter(line => line.startsWith('BAD'));
}

/** The letter as it arrives, .eml. */
async function lettered(content: string): Promise<string> {
  const port = resend({ baseUrl: mailbox.url, apiKey: 're_test', webhookSecret: 'whsec_dGVzdA==', from: 'Клиника <priem@clinic.test>' });
  const mail = { key: crypto.randomUUID(), to: 'anna@почта.рф', subject: 'Приём', html: '<p>Приём</p>', text: 'Приём' };
  const id = await port.send({ ...mail, calendar: { filename: 'consultation.ics', content } });
  return await (await fetch(`${mailbox.url}/__stand/letters/${id}.eml`)).text();
}

function eventOf(content: string): ICAL.Event {
  const root = new ICAL.Component(ICAL.parse(content));
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const event = root.getFirstSubcomponent('vevent');
  if (event === null) throw new Error('no event');
  return new ICAL.Event(event);
}

describe.each(ZONES)('in %s', zone => {
  const clinic = clinicIn(zone);
  const made = [
    ['a file that is downloaded', visit(), 'download'],
    ['a file of summer', visit({ facts: factsWith({ firmAt: NOON, startsAt: SUMMER, endsAt: SUMMER + 1_800_000 }) }), 'download'],
    ['a file of a cancelled visit', cancelled, 'download'],
    ['the letter that adds', visit(), 'letter'],
    ['the letter that moves', visit({ scheduleVersion: 2, movedFrom: NOON }), 'letter'],
    ['the letter that removes', cancelled, 'letter'],
  ] as const;

  test.each(made)('check_ics.py finds nothing in %s', async (_, consultation, by) => {
    const content = calendarOf(consultation, clinic, SENDER, by, NOON);

    expect(await faultsOf('file.ics', content)).toEqual([]);
    if (by === 'letter') expect(await faultsOf('letter.eml', await lettered(content))).toEqual([]);
  });

  test.each(made)('another reader finds the instants of %s', (_, consultation, by) => {
    const event = eventOf(calendarOf(consultation, clinic, SENDER, by, NOON));

    expect(event.startDate.toJSDate().getTime()).toBe(consultation.facts.startsAt);
    expect(event.endDate.toJSDate().getTime()).toBe(consultation.facts.endsAt);
    expect(event.startDate.zone.tzid).toBe(zone);
    expect((event.component.getFirstPropertyValue('dtstamp') as ICAL.Time).toJSDate().getTime()).toBe(NOON);
  });
});

test('a change of the clocks is written in the local time before it', () => {
  const winter = calendarOf(visit(), clinicIn('Europe/Berlin'), SENDER, 'download', NOON);

  expect(winter).toContain('BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100');
  expect(winter).toContain('BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200');
});

test('the letter that cancels removes the event that the first letter added: one UID, a higher SEQUENCE, the same two people', () => {
  const lines = (content: string, name: string) => new RegExp(`^${name}[;:].*$`, 'm').exec(content.replaceAll('\r\n ', ''))?.[0];
  const added = calendarOf(visit(), clinicIn('Europe/Moscow'), SENDER, 'letter', NOON);
  const removed = calendarOf(cancelled, clinicIn('Europe/Moscow'), SENDER, 'letter', NOON + DAY);

  expect([lines(added, 'METHOD'), lines(removed, 'METHOD')]).toEqual(['METHOD:REQUEST', 'METHOD:CANCEL']);
  expect([lines(added, 'SEQUENCE'), lines(removed, 'SEQUENCE')]).toEqual(['SEQUENCE:0', 'SEQUENCE:1']);
  for (const name of ['UID', 'ORGANIZER', 'ATTENDEE']) expect(lines(removed, name), name).toBe(lines(added, name));
  expect(lines(removed, 'STATUS')).toBe('STATUS:CANCELLED');
  expect(lines(removed, 'ORGANIZER')?.toLowerCase()).toContain('mailto:priem@xn--80a1acny.xn--p1ai');
  expect(lines(removed, 'ATTENDEE')?.toLowerCase()).toContain('mailto:anna@xn--80a1acny.xn--p1ai');
});

test('the minutes before the start are those of the clinic', () => {
  expect(calendarOf(visit(), clinicIn('Europe/Moscow'), SENDER, 'letter', NOON).replaceAll('\r\n ', '')).toContain('за 7 мин.');
});
