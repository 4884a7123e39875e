// One look into a mailbox: each letter of the folder is posted to the edge and then moved away, to one folder when the clinic has it and to another when it refuses
// it for good. A letter that the edge does not answer about stays. Called by mail-poller.ts.
import { ImapFlow } from 'imapflow';
import { signedRequest } from '../worker/auth/message-signature.ts';
import type { MailboxSettings } from './mailbox-settings.ts';

/** What became of the letters of one look. */
export interface Look {
  readonly taken: number;
  readonly refused: number;
  readonly left: number;
}

const DEADLINE_MS = 120_000;
/** Letters of one look; the next look takes the others. */
const MOST = 50;

/** Throws when the mailbox cannot be opened. */
export async function lookInto({ imap, folders, ...to }: MailboxSettings): Promise<Look> {
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.secure,
    auth: { user: imap.user, pass: imap.password },
    logger: false,
  });
  // Without a listener, an error after a command has ended the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const folder of [folders.taken, folders.refused]) await client.mailboxCreate(folder);
    const lock = await client.getMailboxLock(folders.read);
    try {
      return await emptied(client, folders, to);
    } finally {
      lock.release();
    }
  } finally {
    await client.logout().catch(() => undefined);
  }
}

async function emptied(client: ImapFlow, folders: MailboxSettings['folders'], to: Pick<MailboxSettings, 'edge' | 'keys'>): Promise<Look> {
  const found = await client.search({ all: true }, { uid: true });
  const look = { taken: 0, refused: 0, left: 0 };
  for (const uid of (found || []).slice(0, MOST)) {
    // Whole, because the signature covers its digest: 25 MB at most, one after another.
    const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
    if (!message || message.source === undefined) continue;
    const end = await posted(Uint8Array.from(message.source), to);
    look[end] += 1;
    if (end !== 'left') await client.messageMove(String(uid), folders[end], { uid: true });
  }
  return look;
}

/** Only the edge's own words count: a proxy's answer leaves the letter where it is. */
async function posted(raw: Uint8Array<ArrayBuffer>, { edge, keys }: Pick<MailboxSettings, 'edge' | 'keys'>): Promise<keyof Look> {
  const { from, to } = envelopeIn(raw);
  const address = `${edge}/mail/in?${new URLSearchParams({ from, to })}`;
  try {
    const request = await signedRequest(
      address,
      { method: 'POST', body: raw, headers: { 'content-type': 'message/rfc822' } },
      keys,
      Date.now(),
    );
    const answer = await fetch(request, { signal: AbortSignal.timeout(DEADLINE_MS) });
    const said = ((await answer.json()) as { kind?: unknown }).kind;
    if (answer.ok && (said === 'taken' || said === 'again')) return 'taken';
    return (answer.status === 413 || answer.status === 400) && (said === 'tooLarge' || said === 'empty') ? 'refused' : 'left';
  } catch {
    return 'left';
  }
}

const HEAD_BYTES = 256 * 1024;
/** By which headers a server says for whom a letter was, the surest first. */
const RECIPIENT = ['x-original-to', 'delivered-to', 'envelope-to', 'x-envelope-to', 'to'];

/** The envelope as the server has written it into the letter. Without a return path, the one who wrote it. */
export function envelopeIn(raw: Uint8Array): { from: string; to: string } {
  const [head = ''] = new TextDecoder('latin1').decode(raw.subarray(0, HEAD_BYTES)).split(/\r?\n\r?\n/, 1);
  const headers = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const valueOf = (name: string) =>
    headers
      .find(line => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const bare = (value: string) => (/<([^<>]*)>/.exec(value)?.[1] ?? value).trim();
  return { from: bare(valueOf('return-path') ?? valueOf('from') ?? ''), to: bare(RECIPIENT.map(valueOf).find(value => value) ?? '') };
}
