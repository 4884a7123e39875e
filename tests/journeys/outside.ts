// The outside systems for journeys: the mailbox, YooKassa's records and faults, and Temporal as a developer sees it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { z } from 'zod';
import { parseCodecKeys } from '../../temporal/codec.ts';
import { dataConverterOf } from '../../temporal/data-converter.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { dirOf, portsOf, type StandName, standOf } from './stands.ts';

const Letters = z.array(
  z.object({
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), content: z.string() })),
  }),
);
export type Letter = z.output<typeof Letters>[number];

const Money = z.object({ value: z.string(), currency: z.string() });
const TillState = z.object({
  payments: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      amount: Money,
      description: z.string(),
      metadata: z.object({ consultation: z.string(), payment: z.string() }),
      confirmation: z.object({ confirmation_url: z.string() }).optional(),
    }),
  ),
  refunds: z.array(z.object({ id: z.string(), payment_id: z.string(), status: z.string(), amount: Money })),
});
type TillState = z.output<typeof TillState>;

/** Repeats `look` until it does not throw, because nobody knows how long a letter or a workflow takes. Works in a bench too. */
export async function eventually<T>(look: () => Promise<T>, timeout = 30_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await delay(200);
  }
}

/** Waits for the newest letter to this address with a matching subject. */
export const letterTo = (stand: StandName, email: string, subject: string | RegExp, timeout?: number): Promise<Letter> =>
  eventually(async () => {
    const found = (await lettersTo(stand, email)).findLast(letter => letter.subject.match(subject) !== null);
    if (found === undefined) throw new Error(`No letter «${subject}» to ${email}.`);
    return found;
  }, timeout);

/** The digits of the newest letter with a sign-in code. */
export const codeTo = async (stand: StandName, email: string): Promise<string> =>
  (await letterTo(stand, email, /^Код для /)).subject.match(/\d{6}/)?.[0] ?? '';

/** All letters to this address, the oldest first, with every kind of space as a plain one. */
export async function lettersTo(stand: StandName, email: string): Promise<Letter[]> {
  const answer = await fetch(`${standOf(stand).urls.mail}/__stand/letters?to=${encodeURIComponent(email)}`);
  return Letters.parse(await answer.json()).map(letter => ({ ...letter, subject: plain(letter.subject), text: plain(letter.text) }));
}

export const plain = (text: string): string => text.replaceAll(/[\s\u00a0\u202f]+/g, ' ');

/** The text of the calendar file that came with a letter, its folded lines joined. */
export const calendarIn = ({ attachments }: Letter): string =>
  Buffer.from(attachments.find(({ filename }) => filename.endsWith('.ics'))?.content ?? '', 'base64')
    .toString()
    .replaceAll(/\r\n[ \t]/g, '');

/** The provider's payments and refunds of one consultation. */
export async function ports(stand: StandName, consultationId: string): Promise<TillState> {
  const { payments, refunds } = TillState.parse(await (await fetch(`${standOf(stand).urls.yookassa}/__stand/state`)).json());
  const own = payments.filter(({ metadata }) => metadata.consultation === consultationId);
  return { payments: own, refunds: refunds.filter(({ payment_id }) => own.some(({ id }) => id === payment_id)) };
}

export async function yookassaIs(stand: StandName, fault: Record<string, string | number>): Promise<void> {
  const answer = await fetch(`${standOf(stand).urls.yookassa}/__stand/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  expect(answer.status).toBe(200);
}

/** The bank takes the money although nobody has the payment page open. */
export async function bankTakesMoney(stand: StandName, consultationId: string): Promise<void> {
  const { payments } = await ports(stand, consultationId);
  const answer = await fetch(`${standOf(stand).urls.yookassa}/__stand/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ paymentId: payments.at(-1)?.id }),
  });
  expect(answer.status).toBe(200);
}

/** The provider closes the page of the latest payment of a consultation, and the notice about it is lost. */
export async function checkoutCloses(stand: StandName, consultationId: string): Promise<void> {
  const { payments } = await ports(stand, consultationId);
  const answer = await fetch(`${standOf(stand).urls.yookassa}/__stand/close`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ paymentId: payments.at(-1)?.id, silent: true }),
  });
  expect(answer.status).toBe(200);
}

export interface Workflow {
  readonly type: string;
  readonly state: string;
  readonly running: boolean;
  /** The whole history as stored on the server. */
  readonly history: Buffer;
  /** Ids found by a search for this state. */
  readonly found: readonly string[];
}

/** What Temporal's server stores about a consultation, read without the codec's key, as a developer without it would. */
export async function workflowOf(stand: StandName, consultationId: string): Promise<Workflow> {
  const connection = Connection.lazy({ address: `127.0.0.1:${portsOf(stand).TEMPORAL}` });
  try {
    const client = new Client({ connection, dataConverter: dataConverterOf(parseCodecKeys(codecKeysOf(stand))) });
    const handle = client.workflow.getHandle(workflowIdOf(consultationId));
    const { type, status, searchAttributes } = await handle.describe();
    const state = String(searchAttributes['ConsultationState']?.[0] ?? '');
    const found: string[] = [];
    for await (const { workflowId } of client.workflow.list({ query: `ConsultationState = '${state}'` })) found.push(workflowId);
    const history = Buffer.from(proto.temporal.api.history.v1.History.encode(await handle.fetchHistory()).finish());
    return { type, state, running: status.name === 'RUNNING', history, found };
  } finally {
    await connection.close();
  }
}

const codecKeysOf = (stand: StandName): string =>
  z.object({ CODEC_KEYS: z.string() }).parse(JSON.parse(readFileSync(join(dirOf(stand), 'secrets.json'), 'utf8'))).CODEC_KEYS;
