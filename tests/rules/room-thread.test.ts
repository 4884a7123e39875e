// The chat's thread: nothing is duplicated, nothing is lost, everything is in the order of time.
import { describe, expect, test } from 'vitest';
import { EMPTY, entriesOf, sizeOf, unreadOf, welcomed, withFile, withLine, withRefused } from '../../views/islands/room/thread.ts';

const line = (seq: number, from: 'patient' | 'doctor' = 'doctor') => ({
  seq,
  clientId: `c${seq}`,
  from,
  text: `line ${seq}`,
  at: seq * 1000,
});
const file = (at: number) => ({
  id: `f${at}`,
  from: 'doctor' as const,
  name: 'ecg.pdf',
  type: 'application/pdf' as const,
  bytes: 1_200_000,
  at,
});
const unsent = { clientId: 'c9', text: 'on its way', at: 9_000 };

describe('the thread', () => {
  test('shows a line once, however often it is told', () => {
    const thread = withLine(withLine(EMPTY, line(1)), line(1));

    expect(entriesOf(thread, 'patient')).toHaveLength(1);
  });

  test('keeps what was written without a connection until the room has it', () => {
    const waiting = welcomed({ ...EMPTY, unsent: [unsent] }, [line(1)], []);

    expect(entriesOf(waiting, 'patient').map(({ key }) => key)).toEqual(['c1', 'c9']);
    expect(withLine(waiting, line(9, 'patient')).unsent).toEqual([]);
    expect(welcomed(waiting, [line(9, 'patient')], []).unsent).toEqual([]);
  });

  test('keeps what the room refused where it was written, and does not send it again', () => {
    const refused = withRefused({ ...EMPTY, unsent: [unsent, { ...unsent, clientId: 'c10', at: 9_500 }] }, 'c9');
    const later = withFile(welcomed(refused, [line(1)], []), file(9_200));

    expect(refused.unsent.map(({ clientId }) => clientId)).toEqual(['c10']);
    expect(withRefused(refused, 'c9')).toEqual(refused);
    expect(entriesOf(later, 'patient').map(({ key }) => key)).toEqual(['c1', 'c9', 'f9200', 'c10']);
    expect(entriesOf(later, 'patient')[1]).toMatchObject({ text: 'on its way', standing: 'refused' });
  });

  test('puts lines and files in the order of their time', () => {
    const thread = withFile(withLine(withLine(EMPTY, line(3)), line(1)), file(2_000));

    expect(entriesOf(thread, 'patient').map(({ at }) => at)).toEqual([1_000, 2_000, 3_000]);
  });

  test('counts as unread what the other one said and handed over since the last look', () => {
    const thread = withFile(withLine(withLine(withLine(EMPTY, line(1)), line(2)), line(3, 'patient')), file(5_000));

    expect(unreadOf(thread, 'patient', 1, 0)).toBe(2);
    expect(unreadOf(thread, 'patient', 2, 5_000)).toBe(0);
  });
});

test.each([
  [340_000, '340\u00a0КБ'],
  [10, '1\u00a0КБ'],
  [1_200_000, '1,2\u00a0МБ'],
])('a file of %i bytes is written as %s', (bytes, text) => {
  expect(sizeOf(bytes, { kilobytes: 'КБ', megabytes: 'МБ', point: ',' })).toBe(text);
});
