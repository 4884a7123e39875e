// What every operation of the stand's YooKassa needs: the books, the clock, its own address and a function that notifies the shop.
import type { Faults } from '../faults.ts';
import type { Books, NoticeEvent } from './books.ts';

export interface Shop {
  readonly books: Books;
  readonly faults: Faults;
  /** The shop's number at YooKassa. */
  readonly id: string;
  now(): number;
  /** The address of this emulator, without a trailing slash. */
  url(): string;
  tell(event: NoticeEvent, object: object): void;
}

export const isoOf = (at: number): string => new Date(at).toISOString();
