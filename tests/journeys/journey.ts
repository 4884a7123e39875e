// One journey: people open the cabinet, each in their own browser, and at the end no console may have errors. Screenshots of failed
// journeys are kept in artifacts/failures.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cabinet, type Visit } from './cabinet.ts';

/** Opens a browser for one person on one stand. */
type Enter = (visit: Visit) => Promise<Cabinet>;
type Tell = (enter: Enter) => Promise<void>;

/** Runs beside the other journeys. */
export const journey = (sentence: string, tell: Tell): void => test.concurrent(sentence, ({ signal }) => told(sentence, tell, signal));

/** Waits for the journeys before it, because it breaks processes that they need. */
export const journeyInTurn = (sentence: string, tell: Tell, timeout?: number): void =>
  test(sentence, { concurrent: false, timeout }, ({ signal }) => told(sentence, tell, signal));

/** A story that runs out of time is ended: its browsers close, and nobody enters any more. */
async function told(sentence: string, tell: Tell, signal: AbortSignal): Promise<void> {
  const visitors: Cabinet[] = [];
  const enter: Enter = async visit => {
    signal.throwIfAborted();
    const visitor = await Cabinet.open(visit);
    visitors.push(visitor);
    return visitor;
  };
  try {
    await Promise.race([tell(enter), rejectedBy(signal)]);
  } catch (error) {
    await Promise.all(visitors.map((visitor, n) => visitor.keepPicture(join('failures', `${nameOf(sentence)}-${n + 1}`))));
    for (const { complaints, page } of visitors) console.error(sentence, page.url(), complaints);
    throw error;
  } finally {
    await Promise.allSettled(visitors.map(visitor => visitor.leave()));
  }
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}

const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

const nameOf = (sentence: string): string => sentence.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
