// How large a body may be, by address: the one table that refuses too large ones before they are read, and that the page of a refusal quotes.
import { FILE_BYTES } from '../../workflows/rules/file.ts';

export interface BodyLimit {
  /** What the refusal names, bytes. */
  readonly bytes: number;
  /** What is let through: a file travels in a multipart form, which adds its own lines. */
  readonly takes: number;
  /** Who posts: a page is answered with a page, an island and a machine with JSON. */
  readonly from: 'page' | 'script';
}

const KB = 1024;
const MULTIPART_BYTES = 16 * KB;

/** The one form that carries a file. */
const CARD_FILES = '/card/files';
const MACHINES = /^\/(notices|activities|calls)\//;
const ROOM_FILES = /^\/consultations\/[^/]+\/room\/files$/;
// The doctor's protocol and the patient's questionnaire: ten pages of Cyrillic take six bytes a letter in a form.
const LONG_TEXTS = /^\/desk\/consultations\/[^/]+\/(protocol|in-person-visit)(\/|$)|^\/consultations\/[^/]+\/questionnaire$/;

export const isMachine = (path: string): boolean => MACHINES.test(path);

const plain = (bytes: number, from: BodyLimit['from']): BodyLimit => ({ bytes, takes: bytes, from });
const file = (from: BodyLimit['from']): BodyLimit => ({ bytes: FILE_BYTES, takes: FILE_BYTES + MULTIPART_BYTES, from });

/** The limit of an address; a plain form takes 32 KB. */
export function bodyLimitOf(path: string): BodyLimit {
  if (isMachine(path)) return plain(256 * KB, 'script');
  if (LONG_TEXTS.test(path)) return plain(512 * KB, 'page');
  if (ROOM_FILES.test(path)) return file('script');
  return path === CARD_FILES ? file('page') : plain(32 * KB, 'page');
}
