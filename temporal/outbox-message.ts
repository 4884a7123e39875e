// Parses what the edge's outbox sends; the shapes are those of workflows/messages.ts. gateway.ts calls it.
import { z } from 'zod';
import type { OutboxMessage } from '../workflows/messages.ts';

const id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w.-]+$/);
const instant = z.int().positive();
const version = z.int().nonnegative();
const told = { messageId: z.string().min(1).max(200) };

const start = z.object({
  kind: z.literal('start'),
  input: z.object({
    consultationId: id,
    doctorId: id,
    startsAt: instant,
    endsAt: instant,
    expiresAt: instant,
    scheduleVersion: version,
    resumedAt: instant.optional(),
  }),
});
const startProtocol = z.object({
  kind: z.literal('startProtocol'),
  input: z.object({ protocolId: id, consultationId: id, doctorId: id, version: z.int().positive(), resumedAt: instant.optional() }),
});
const startClaim = z.object({
  kind: z.literal('startClaim'),
  input: z.object({ claimId: id, consultationId: id, demandedAt: instant, dueAt: instant, resumedAt: instant.optional() }),
});
const startReconciliation = z.object({ kind: z.literal('startReconciliation'), input: z.object({ runId: id }) });
const signal = { kind: z.literal('signal'), consultationId: id };

const schema = z.union([
  start,
  startProtocol,
  startClaim,
  startReconciliation,
  z.object({ kind: z.literal('signalClaim'), name: z.enum(['changed']), claimId: id, told: z.object(told) }),
  z.object({ ...signal, name: z.enum(['paid', 'cancelled', 'entered', 'left', 'concluded', 'protocolSigned']), told: z.object(told) }),
  z.object({ ...signal, name: z.literal('extended'), told: z.object({ ...told, expiresAt: instant }) }),
  z.object({
    ...signal,
    name: z.literal('rescheduled'),
    told: z.object({ ...told, startsAt: instant, endsAt: instant, scheduleVersion: version }),
  }),
]);

/** Returns the message, or null when the text is not one. */
export function parseOutboxMessage(text: string): OutboxMessage | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
