// Sends the automatic answer to a letter: that it was accepted, or what is missing. Its headers say that a program wrote it, so that no other program answers
// (RFC 3834). Called by judge.ts and the cron.
import { claimAnswer } from '../../views/index.ts';
import { answerTo } from '../../workflows/rules/letter-in.ts';
import { clinicRead } from '../data/clinic.ts';
import { askOne } from '../data/db.ts';
import { answerFacts, endAnswer, takeAnswers, type WaitingAnswer } from '../data/letter-answers.ts';
import { letterSent } from '../data/letters.ts';
import { each } from '../each.ts';
import type { Ports } from '../money/payments.ts';
import { MailRefused } from '../providers/mail/port.ts';

/** `letterId`: only the answer to this letter; null for those that wait. */
export async function sendAnswers(ports: Ports, letterId: string | null): Promise<void> {
  await each(await takeAnswers(ports.db, letterId, ports.now), answer => sendAnswer(ports, answer));
}

async function sendAnswer({ db, world, now }: Ports, answer: WaitingAnswer): Promise<void> {
  const facts = await answerFacts(db, answer);
  if (facts === null) return await endAnswer(db, answer.id, 'refused', now);
  const clinic = await askOne(db, clinicRead());
  const { number, lang, consultationId, verdicts, messageId } = facts;
  const files = verdicts.filter(verdict => verdict === 'kept').length;
  const written = claimAnswer(
    { clinic, publicUrl: world.settings.PUBLIC_URL, consultationId, number, files, answer: answerTo(verdicts) },
    lang,
  );
  const thread: Record<string, string> = messageId === null ? {} : { 'In-Reply-To': messageId, References: messageId };
  try {
    const headers = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', 'X-Clinic-Auto': 'claim', ...thread };
    const providerId = await world.mail.send({ key: `letter:${answer.id}`, to: answer.email, ...written, calendar: null, headers });
    await letterSent(db, answer.id, providerId, now);
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    await endAnswer(db, answer.id, 'refused', now);
  }
}
