// The lock of the screen: held while somebody waits or talks, asked for again on return, released at the end, and never a fault.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

interface Lock {
  released: boolean;
  release(): Promise<void>;
}

let locks: Lock[];
let page: { hidden: boolean };
let awake: typeof import('../../views/islands/room/awake.ts');

beforeEach(async () => {
  locks = [];
  page = { hidden: false };
  const request = () => {
    const lock: Lock = { released: false, release: () => Promise.resolve(void (lock.released = true)) };
    locks.push(lock);
    return Promise.resolve(lock);
  };
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { wakeLock: { request } });
  vi.resetModules();
  awake = await import('../../views/islands/room/awake.ts');
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const held = async () => {
  await vi.waitFor(() => Promise.resolve());
  return locks.filter(({ released }) => !released).length;
};

test('one lock is held from the waiting room to the end of the call', async () => {
  awake.stayAwake(true);
  awake.stayAwake(true);
  expect(await held()).toBe(1);
  awake.stayAwake(true);
  expect([await held(), locks.length]).toEqual([1, 1]);

  awake.stayAwake(false);

  expect(await held()).toBe(0);
});

test('a hidden tab loses it and asks again on return, unless the visit is over', async () => {
  awake.stayAwake(true);
  await held();
  for (const lock of locks) lock.released = true;
  page.hidden = true;
  awake.awakeAgain();
  expect(await held()).toBe(0);
  page.hidden = false;

  awake.awakeAgain();
  expect(await held()).toBe(1);
  awake.stayAwake(false);
  await held();
  awake.awakeAgain();

  expect(await held()).toBe(0);
});

test('a visit that ends while the browser is thinking leaves no lock behind', async () => {
  awake.stayAwake(true);
  awake.stayAwake(false);

  expect(await held()).toBe(0);
});

test.each([
  ['has no locks', {}],
  ['refuses one', { wakeLock: { request: () => Promise.reject(new Error('NotAllowedError')) } }],
])('a browser that %s says nothing', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);

  awake.stayAwake(true);
  awake.stayAwake(false);

  expect(await held()).toBe(0);
});
