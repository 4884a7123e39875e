// Who may read a card, when, and what a card holds, in tables with both sides of each limit.
import { describe, expect, test } from 'vitest';
import { actsFor, type CardFacts, cardAccess, isReason, REASON_MS, TREATING_MS } from '../../workflows/rules/card-access.ts';
import { ARCHIVE_BYTES, ARCHIVE_FILES, archiveFit } from '../../workflows/rules/card-files.ts';
import { DAY, HOUR, MINUTE, NOON } from '../cast.ts';

const nobody: CardFacts = { isPatient: false, isGuardian: false, visits: [], reasonUntil: null };
const visit = { endsAt: NOON + 30 * MINUTE, endedAt: null };
const END = NOON + 25 * MINUTE;
const ended = { ...visit, endedAt: END };

describe('a card is read', () => {
  test.each([
    ['by its patient at any time', { isPatient: true }, NOON + 400 * DAY, 'self'],
    ['by whoever acts for the child', { isGuardian: true }, NOON, 'guardian'],
    ['by the treating doctor from the booking', { visits: [visit] }, NOON - 20 * DAY, 'treating'],
    ['by the treating doctor until thirty days after the end', { visits: [ended] }, END + TREATING_MS - 1, 'treating'],
    ['without an end, until thirty days after the booked one', { visits: [visit] }, visit.endsAt + TREATING_MS - 1, 'treating'],
    ['by a doctor of whose visits one is recent', { visits: [{ endsAt: NOON - 300 * DAY, endedAt: null }, ended] }, END, 'treating'],
    [
      'by a doctor of long ago with a reason, until its end',
      { visits: [ended], reasonUntil: END + 60 * DAY },
      END + 60 * DAY - 1,
      'reason',
    ],
  ] as const)('%s', (_, facts, now, relation) => {
    expect(cardAccess({ ...nobody, ...facts }, now)).toEqual({ kind: 'open', relation });
  });

  test.each([
    ['thirty days after the end', { visits: [ended] }, END + TREATING_MS],
    ['thirty days after the booked end', { visits: [visit] }, visit.endsAt + TREATING_MS],
    ['at the end of the reason', { visits: [ended], reasonUntil: END + 60 * DAY }, END + 60 * DAY],
  ] as const)('with a reason alone %s', (_, facts, now) => {
    expect(cardAccess({ ...nobody, ...facts }, now)).toEqual({ kind: 'needsReason' });
  });

  test('by nobody else, even with a reason', () => {
    expect(cardAccess(nobody, NOON)).toEqual({ kind: 'none' });
    expect(cardAccess({ ...nobody, reasonUntil: NOON + REASON_MS }, NOON)).toEqual({ kind: 'none' });
  });
});

test.each([
  ['from the clinic’s word on', { since: NOON, until: null }, NOON, true],
  ['not before it', { since: NOON, until: null }, NOON - 1, false],
  ['until its end', { since: NOON, until: NOON + HOUR }, NOON + HOUR - 1, true],
  ['not at its end', { since: NOON, until: NOON + HOUR }, NOON + HOUR, false],
] as const)('a guardian acts %s', (_, guardian, now, acts) => {
  expect(actsFor(guardian, now)).toBe(acts);
});

test.each([
  ['nine characters', 'а'.repeat(9), false],
  ['ten characters', 'а'.repeat(10), true],
  ['ten characters of which two are spaces around', ` ${'а'.repeat(8)} `, false],
  ['five hundred', 'а'.repeat(500), true],
  ['five hundred and one', 'а'.repeat(501), false],
  ['ten signs of two code units', '🩺'.repeat(10), true],
  ['nothing', '', false],
] as const)('a reason of %s', (_, reason, fits) => {
  expect(isReason(reason)).toBe(fits);
});

test.each([
  ['nothing', [], 'fits'],
  ['as much as an answer carries', [ARCHIVE_BYTES], 'fits'],
  ['a byte more', [ARCHIVE_BYTES, 1], 'tooMuch'],
  ['as many files as one may ask for', Array.from({ length: ARCHIVE_FILES }, () => 1), 'fits'],
  ['one more', Array.from({ length: ARCHIVE_FILES + 1 }, () => 1), 'tooMuch'],
] as const)('an archive of %s', (_, sizes, kind) => {
  expect(archiveFit(sizes).kind).toBe(kind);
});
