// Parses the settings of the poller of a mailbox from its environment. A missing or malformed one stops the start with a sentence that names it. Called by
// mail-poller.ts.
import { z } from 'zod';
import { parseKeys, type SigningKeys } from '../worker/auth/message-signature.ts';

const FIELDS = {
  PUBLIC_URL: z.url().describe('the address of the cabinet, to which letters are posted'),
  EDGE_URL: z.url().optional().describe('the address at which the edge is reached, where that is not PUBLIC_URL'),
  EDGE_KEYS: z.string().min(1).describe('the keys with which the edge and the host sign, as id:base64,id:base64'),
  IMAP_HOST: z.string().min(1).describe('the server of the mailbox to which applications are mailed'),
  IMAP_PORT: z.coerce.number().int().min(1).max(65_535).default(993).describe('its port'),
  IMAP_SECURE: z.stringbool().default(true).describe('whether the connection begins with TLS, true or false'),
  IMAP_USER: z.string().min(1).describe('the name with which the mailbox is opened'),
  IMAP_PASSWORD: z.string().min(1).describe('its password, or the password for programs'),
  IMAP_FOLDER: z.string().min(1).default('INBOX').describe('the folder that is read'),
  IMAP_TAKEN: z.string().min(1).default('Taken').describe('the folder to which letters go that the clinic has'),
  IMAP_REFUSED: z
    .string()
    .min(1)
    .default('Refused')
    .describe('the folder to which letters go that the clinic refuses, for example too large ones'),
  IMAP_EVERY_S: z.coerce.number().int().min(1).max(3600).default(30).describe('seconds between two looks'),
};
const schema = z.object(FIELDS);

export interface MailboxSettings {
  readonly edge: string;
  readonly keys: SigningKeys;
  readonly imap: {
    readonly host: string;
    readonly port: number;
    readonly secure: boolean;
    readonly user: string;
    readonly password: string;
  };
  readonly folders: { readonly read: string; readonly taken: string; readonly refused: string };
  readonly everyMs: number;
}

/** Throws an error with one sentence for each setting that is missing or malformed. */
export function parseMailboxSettings(env: Readonly<Record<string, string | undefined>>): MailboxSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(issue => String(issue.path[0])))] as (keyof typeof FIELDS)[];
    throw new Error(names.map(name => `${name} is missing or malformed: ${FIELDS[name].description}.`).join(' '));
  }
  const said = parsed.data;
  return {
    edge: said.EDGE_URL ?? said.PUBLIC_URL,
    keys: parseKeys(said.EDGE_KEYS),
    imap: { host: said.IMAP_HOST, port: said.IMAP_PORT, secure: said.IMAP_SECURE, user: said.IMAP_USER, password: said.IMAP_PASSWORD },
    folders: { read: said.IMAP_FOLDER, taken: said.IMAP_TAKEN, refused: said.IMAP_REFUSED },
    everyMs: said.IMAP_EVERY_S * 1000,
  };
}
