// Ids are UUIDv7: globally unique and ordered by creation time.
import { v7, validate } from 'uuid';

export const newId = (): string => v7();

export const isId = (text: string): boolean => validate(text);
