// Ids are UUIDv7: unique everywhere and in the order of their making.
import { v7, validate } from 'uuid';

export const newId = (): string => v7();

export const isId = (text: string): boolean => validate(text);
