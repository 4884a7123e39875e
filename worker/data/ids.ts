// Ids are UUIDv7: globally unique and ordered by creation time.
import { v7, validate } from 'uuid';

export const newId = (): string => v7();

/** Every id that was made before this instant (ms) is smaller, every later one is larger. */
export const oldestId = (at: number): string => v7({ msecs: at, random: new Uint8Array(16), seq: 0 });

export const isId = (text: string): boolean => validate(text);
