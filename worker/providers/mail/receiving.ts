// Letters that Resend has received (resend.com/docs/dashboard/receiving): a webhook names one, and its content is asked for. The letter as it came is taken when
// Resend offers it; otherwise it is put together from its headers, texts and attachments. worker/world.ts creates it.
import { Resend } from 'resend';
import { LETTER_BYTES } from '../../../workflows/rules/letter-in.ts';
import { composed, type Content, type Piece } from './compose.ts';
import { MailUnavailable } from './port.ts';
import type { ResendSettings } from './resend.ts';

export interface ReceivedMail {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly size: number;
  readonly raw: ReadableStream<Uint8Array>;
}

export interface ReceivingPort {
  /** The ids of received letters, the latest first, and whether there are older ones. */
  list(after: string | null): Promise<{ readonly ids: readonly string[]; readonly more: boolean }>;
  /** Null when there is none with this id. Throws MailUnavailable. */
  get(id: string): Promise<ReceivedMail | null>;
}

const TIMEOUT_MS = 20_000;
const signal = () => AbortSignal.timeout(TIMEOUT_MS);
const PAGE = 100;

export function receiving(settings: ResendSettings): ReceivingPort {
  const sdk = new Resend(settings.apiKey, { baseUrl: settings.baseUrl });
  return {
    async list(after) {
      const { data, error } = await sdk.emails.receiving.list({ limit: PAGE, ...(after === null ? {} : { after }) }, { signal: signal() });
      if (error) throw unavailable(error);
      return { ids: data.data.map(({ id }) => id), more: data.has_more };
    },

    async get(id) {
      const { data, error } = await sdk.emails.receiving.get(id, { html_format: 'cid' }, { signal: signal() });
      if (error?.statusCode === 404) return null;
      if (error) throw unavailable(error);
      const to = [...((data.received_for as string[] | undefined) ?? []), ...data.to];
      const envelope = { id, from: returnPathIn(data.headers) ?? data.from, to: to.join(', ') };
      if (data.raw) return { ...envelope, ...(await download(data.raw.download_url)) };
      const pieces = data.attachments.length === 0 ? [] : await attachmentsOf(sdk, id);
      const bytes = composed(data as Content, pieces);
      return { ...envelope, size: bytes.length, raw: new Blob([bytes]).stream() };
    },
  };
}

async function attachmentsOf(sdk: Resend, emailId: string): Promise<Piece[]> {
  const { data, error } = await sdk.emails.receiving.attachments.list({ emailId }, { signal: signal() });
  if (error) throw unavailable(error);
  const pieces: Piece[] = [];
  let left = LETTER_BYTES;
  for (const one of data.data) {
    left -= one.size;
    const bytes = left < 0 ? new Uint8Array() : new Uint8Array(await new Response((await download(one.download_url)).raw).arrayBuffer());
    pieces.push({ filename: one.filename ?? '', type: one.content_type, contentId: one.content_id ?? null, bytes });
  }
  return pieces;
}

/** Its address is good for an hour and is asked for each time. */
async function download(url: string): Promise<{ size: number; raw: ReadableStream<Uint8Array> }> {
  const response = await fetch(url, { signal: signal() }).catch((error: unknown) => {
    throw new MailUnavailable(error instanceof Error ? error.name : 'no answer');
  });
  const size = Number(response.headers.get('content-length') ?? Number.NaN);
  if (response.ok && response.body && Number.isSafeInteger(size)) return { size, raw: response.body };
  if (!response.ok) throw new MailUnavailable(`attachment (${response.status})`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { size: bytes.length, raw: new Blob([bytes]).stream() };
}

const unavailable = ({ name, statusCode }: { readonly name: string; readonly statusCode: number | null }): MailUnavailable =>
  new MailUnavailable(`${name} (${statusCode ?? 'no answer'})`);

/** Without it, the sender in the letter stands for the envelope. */
function returnPathIn(headers: Record<string, string> | null): string | null {
  const found = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'return-path');
  return found === undefined ? null : found[1].trim().replace(/^<|>$/g, '');
}
