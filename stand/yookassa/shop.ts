// What every act of the stand's YooKassa needs: the books, the clock, its own address and a way to tell the shop what happened.
import type { Faults } from '../faults.ts';
import type { Books, NoticeEvent } from './books.ts';

export interface Shop {
  readonly books: Books;
  readonly faults: Faults;
  /** The shop's number at YooKassa. */
  readonly id: string;
  now(): number;
  /** Where this emulator is reached, without a slash at the end. */
  url(): string;
  tell(event: NoticeEvent, object: object): void;
}

export const isoOf = (at: number): string => new Date(at).toISOString();
