// Runs the activities of workflows: POST /activities/:name, signed by the host (temporal/activity-proxy.ts). The result is stored per
// idempotency key and returned again for the same key.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { z } from 'zod';
import { type Activities, ACTIVITY_NAMES } from '../../../workflows/activities.ts';
import { sendLetter } from '../../letters/send.ts';
import { lookAfterClaim, UnknownClaim } from '../../claims/look-after.ts';
import { AlteredProtocol, renderProtocol, UnknownProtocol } from '../../protocol/render.ts';
import { closeRoom, noteDoctorLate, notePatientAbsent } from '../../activities/room.ts';
import { checkPayments, settleExpiry, settleRefunds, standing, UnknownConsultation } from '../../activities/standing.ts';
import { parseKeys, verifySigned } from '../../auth/message-signature.ts';
import { answerOf, isNewNonce, keepAnswer } from '../../data/applied.ts';
import type { Bindings, HonoEnv } from '../../world.ts';
import { pauseOf, Unavailable } from '../../providers/errors.ts';
import { ProviderRefused } from '../../providers/payment/port.ts';
import { SignatureRefused } from '../../providers/signature/port.ts';
import { type Ports, portsOf } from '../../money/payments.ts';
import { reconcileOne } from '../../money/reconciliation.ts';
import { MARK, type Marked } from '../../../workflows/messages.ts';
import { jsonIn } from '../../../workflows/rules/text.ts';
import { rawTextOf } from '../../http/form.ts';
import { LETTER_KINDS } from '../../../workflows/rules/letter.ts';

const about = z.object({ consultationId: z.uuid() });
const scheduled = about.extend({ scheduleVersion: z.number().int().positive() });
const letter = about.extend({
  kind: z.enum(LETTER_KINDS),
  scheduleVersion: z.number().int().positive(),
  subject: z.string().min(1).max(60).optional(),
});

const protocol = z.object({ protocolId: z.uuid() });
const claim = z.object({ claimId: z.uuid() });

/** What each activity is asked with. */
const ORDERS = {
  standing: about,
  settleExpiry: about,
  checkPayments: about,
  settleRefunds: about,
  sendLetter: letter,
  noteDoctorLate: scheduled,
  notePatientAbsent: scheduled,
  closeRoom: about,
  renderProtocol: protocol,
  reconcile: z.object({ runId: z.uuid().nullable(), at: z.number().int().positive() }),
  lookAfterClaim: claim,
} satisfies Record<keyof Activities, z.ZodType>;

type Calls = { [Name in keyof Activities]: (ports: Ports, order: z.output<(typeof ORDERS)[Name]>, env: Bindings) => Promise<unknown> };

const CALLS: Calls = {
  standing,
  settleExpiry,
  checkPayments,
  settleRefunds,
  sendLetter,
  noteDoctorLate: (ports, order, env) => noteDoctorLate(ports, env.ROOM, order),
  notePatientAbsent,
  closeRoom: (ports, order, env) => closeRoom(ports, env.ROOM, order),
  renderProtocol: (ports, order, env) => renderProtocol(ports, env.FILES, order),
  reconcile: reconcileOne,
  lookAfterClaim,
};

export const activities = new Hono<HonoEnv>().post('/activities/:name', requires('machine'), async c => {
  const body = await rawTextOf(c);
  const keys = parseKeys(c.var.world.settings.EDGE_KEYS);
  const verdict = await verifySigned(c.req.raw, body, keys, c.var.now, async (nonce, until) => !(await isNewNonce(c.var.db, nonce, until)));
  if (verdict.kind === 'refused') return c.json(verdict, 401, { [MARK]: 'later' satisfies Marked });
  const name = ACTIVITY_NAMES.find(n => n === c.req.param('name'));
  if (!name) return later('unknown', 404, SKEW_PAUSE_MS);
  const order = ORDERS[name].safeParse(jsonIn(body));
  if (!order.success) return later('malformed', 400, SKEW_PAUSE_MS);

  const key = c.req.header('idempotency-key');
  const answered = key ? await answerOf(c.var.db, key) : null;
  if (answered !== null) return c.json(JSON.parse(answered), 200, DONE);
  try {
    const work = CALLS[name](portsOf(c), order.data as never, c.env);
    // The runtime stops the work of a request whose caller is gone. A signature that is being made could then not be kept, and would be made
    // again.
    c.executionCtx.waitUntil(work.catch(() => undefined));
    const result = await work;
    if (key) await keepAnswer(c.var.db, key, JSON.stringify(result), c.var.now);
    return c.json(result as object, 200, DONE);
  } catch (error) {
    return refusal(error);
  }
});

const DONE = { [MARK]: 'done' satisfies Marked };

// An activity or a form of it that is not known here: the host is newer than the Worker, until the deploy has ended.
const SKEW_PAUSE_MS = 60_000;

/**
 * Maps errors to answers, marked as the edge's own: `refused` for what can never succeed, `later` for what is tried again. Only error types
 * are returned, because a message could contain personal data. An unexpected error is thrown and becomes an answer without a mark.
 */
function refusal(error: unknown): Response {
  const name = error instanceof Error ? error.name : 'Unknown';
  if (error instanceof AlteredProtocol) return refused(name, 422);
  if (error instanceof UnknownConsultation || error instanceof UnknownProtocol || error instanceof UnknownClaim) return refused(name, 404);
  if (error instanceof Unavailable) return later(name, 503, error.pauseMs);
  // The clinic must fix a doctor's invalid certificate, or a setting at the payment provider. The console shows it meanwhile.
  if (error instanceof SignatureRefused || error instanceof ProviderRefused) return later(name, 503, pauseOf('setting', null));
  throw error;
}

const refused = (kind: string, status: number): Response =>
  Response.json({ kind }, { status, headers: { [MARK]: 'refused' satisfies Marked } });

const later = (kind: string, status: number, pauseMs: number): Response =>
  Response.json({ kind }, { status, headers: { [MARK]: 'later' satisfies Marked, 'retry-after': String(Math.ceil(pauseMs / 1000)) } });
