// The largest request body by address. guards.ts refuses a larger one before it is read; failures.tsx shows the limit.
import { FILE_BYTES } from '../../workflows/rules/file.ts';
import { LETTER_BYTES } from '../../workflows/rules/letter-in.ts';

export interface BodyLimit {
  /** The limit shown to the person, bytes. */
  readonly bytes: number;
  /** The limit that is enforced, bytes: a multipart form adds lines to its file. */
  readonly takes: number;
  /** Who posts: a page gets a page, an island or a machine gets JSON. */
  readonly from: 'page' | 'script';
}

const KB = 1024;
const MULTIPART_BYTES = 16 * KB;

/** The forms with a file. */
const CARD_FILES = '/card/files';
const CLAIM_FILES = /^\/refund-claims\/[^/]+\/files$/;
const MACHINES = /^\/(notices|activities|calls|mail)\//;
/** A whole letter from a poller. */
const MAIL_IN = '/mail/in';
const ROOM_FILES = /^\/consultations\/[^/]+\/room\/files$/;
// The doctor's protocol and the patient's questionnaire: ten pages of Cyrillic, six bytes per letter in a form.
const LONG_TEXTS = /^\/desk\/consultations\/[^/]+\/(protocol|in-person-visit)(\/|$)|^\/consultations\/[^/]+\/questionnaire$/;

export const isMachine = (path: string): boolean => MACHINES.test(path);

const plain = (bytes: number, from: BodyLimit['from']): BodyLimit => ({ bytes, takes: bytes, from });
const file = (from: BodyLimit['from']): BodyLimit => ({ bytes: FILE_BYTES, takes: FILE_BYTES + MULTIPART_BYTES, from });

/** The limit of an address; 32 KB for a plain form. */
export function bodyLimitOf(path: string): BodyLimit {
  if (path === MAIL_IN) return plain(LETTER_BYTES, 'script');
  if (isMachine(path)) return plain(256 * KB, 'script');
  if (LONG_TEXTS.test(path)) return plain(512 * KB, 'page');
  if (ROOM_FILES.test(path)) return file('script');
  return path === CARD_FILES || CLAIM_FILES.test(path) ? file('page') : plain(32 * KB, 'page');
}
