// Runs the activities of workflows: POST /activities/:name, signed by the host (temporal/activity-proxy.ts). The result is stored per
// idempotency key and returned again for the same key.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { z } from 'zod';
import { type Activities, ACTIVITY_NAMES } from '../../../workflows/activities.ts';
import { sendLetter } from '../../letters/send.ts';
import { AlteredProtocol, renderProtocol, UnknownProtocol } from '../../protocol/render.ts';
import { closeRoom, noteDoctorLate, notePatientAbsent } from '../../activities/room.ts';
import { checkPayments, settleExpiry, settleRefunds, standing, UnknownConsultation } from '../../activities/standing.ts';
import { parseKeys, verifySigned } from '../../auth/message-signature.ts';
import { answerOf, isNewNonce, keepAnswer } from '../../data/applied.ts';
import type { Bindings, HonoEnv } from '../../world.ts';
import { MailUnavailable } from '../../providers/mail/port.ts';
import { ProviderRefused, ProviderUnavailable } from '../../providers/payment/port.ts';
import { SignatureRefused, SignatureUnavailable } from '../../providers/signature/port.ts';
import { type Ports, portsOf } from '../../money/payments.ts';
import { LETTER_KINDS } from '../../../workflows/rules/letter.ts';

const about = z.object({ consultationId: z.uuid() });
const scheduled = about.extend({ scheduleVersion: z.number().int().positive() });
const letter = about.extend({ kind: z.enum(LETTER_KINDS), scheduleVersion: z.number().int().positive() });

const protocol = z.object({ protocolId: z.uuid() });

type Call = (ports: Ports, input: unknown, env: Bindings) => Promise<unknown>;

const CALLS: Record<keyof Activities, Call> = {
  standing: (ports, input) => standing(ports, about.parse(input)),
  settleExpiry: (ports, input) => settleExpiry(ports, about.parse(input)),
  checkPayments: (ports, input) => checkPayments(ports, about.parse(input)),
  settleRefunds: (ports, input) => settleRefunds(ports, about.parse(input)),
  sendLetter: (ports, input) => sendLetter(ports, letter.parse(input)),
  noteDoctorLate: (ports, input, env) => noteDoctorLate(ports, env.ROOM, scheduled.parse(input)),
  notePatientAbsent: (ports, input) => notePatientAbsent(ports, scheduled.parse(input)),
  closeRoom: (ports, input, env) => closeRoom(ports, env.ROOM, about.parse(input)),
  renderProtocol: (ports, input, env) => renderProtocol(ports, env.FILES, protocol.parse(input)),
};

export const activities = new Hono<HonoEnv>().post('/activities/:name', requires('machine'), async c => {
  const body = await c.req.text();
  const keys = parseKeys(c.var.world.settings.EDGE_KEYS);
  const verdict = await verifySigned(c.req.raw, body, keys, c.var.now, async (nonce, until) => !(await isNewNonce(c.var.db, nonce, until)));
  if (verdict.kind === 'refused') return c.json(verdict, 401);
  const name = ACTIVITY_NAMES.find(n => n === c.req.param('name'));
  if (!name) return c.json({ kind: 'unknown' }, 404);

  const key = c.req.header('idempotency-key');
  const answered = key ? await answerOf(c.var.db, key) : null;
  if (answered !== null) return c.json(JSON.parse(answered));
  try {
    const result = await CALLS[name](portsOf(c), JSON.parse(body), c.env);
    if (key) await keepAnswer(c.var.db, key, JSON.stringify(result), c.var.now);
    return c.json(result as object);
  } catch (error) {
    return refusal(error);
  }
});

/**
 * Maps errors to statuses: 4xx for what can never succeed, 503 for what is retried. Only error types are returned, because a message could
 * contain personal data.
 */
function refusal(error: unknown): Response {
  const name = error instanceof Error ? error.name : 'Unknown';
  if (error instanceof z.ZodError || error instanceof SyntaxError) return Response.json({ kind: 'malformed' }, { status: 400 });
  if (error instanceof AlteredProtocol) return Response.json({ kind: name }, { status: 422 });
  if (error instanceof UnknownConsultation || error instanceof UnknownProtocol) return Response.json({ kind: name }, { status: 404 });
  if (error instanceof ProviderUnavailable || error instanceof MailUnavailable || error instanceof SignatureUnavailable) {
    return Response.json({ kind: name }, { status: 503, headers: { 'retry-after': '5' } });
  }
  // The clinic must fix a doctor's invalid certificate, so the activity is retried as slowly as the host allows (RETRY_CAP_MS).
  if (error instanceof SignatureRefused) return Response.json({ kind: name }, { status: 503, headers: { 'retry-after': '60' } });
  // A refusal may come from a wrong setting of the clinic, so the activity is retried slowly; the console shows it meanwhile.
  if (error instanceof ProviderRefused)
    return Response.json({ kind: name, code: error.code }, { status: 503, headers: { 'retry-after': '60' } });
  throw error;
}
