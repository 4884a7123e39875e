// Opens claims by rule for paid visits that nobody has ended, half a day after their end: granted at once where the call proves it, left to finance where
// both were together for less than the clinic's limit. A visit that both attended waits for its doctor. The cron calls this.
import { ask } from '../data/db.ts';
import { clinicRead } from '../data/clinic.ts';
import { ruleBasisReads } from '../data/claim-basis.ts';
import { makeClaim } from '../data/claim-forms.ts';
import { keepOpening, unopenedVisits } from '../data/claim-openings.ts';
import { newId } from '../data/ids.ts';
import { each } from '../each.ts';
import { dateIn } from '../booking/zone.ts';
import type { Ports } from '../money/payments.ts';
import { likelyReason } from '../../workflows/rules/claim-form.ts';
import { ruleOpinion, ruleSees } from '../../workflows/rules/claim-rule.ts';
import { applicationOf, dueAtOf, newToken } from './application.ts';
import { lookAfterClaim } from './look-after.ts';

export async function openClaims(ports: Ports): Promise<void> {
  await each(await unopenedVisits(ports.db, ports.now), id => open(ports, id));
}

async function open(ports: Ports, consultationId: string): Promise<void> {
  const { db, now } = ports;
  const { claimed, clinic, ...rest } = await ask(db, { ...ruleBasisReads(consultationId, now), clinic: clinicRead() });
  if (claimed === null) return;
  const { consultation } = claimed;
  const { facts, isConfirmed } = consultation;
  const amountMinor = facts.takenMinor - facts.returningMinor;
  const asked = { via: 'same', demandedMinor: amountMinor, limitMinutes: rest.settings.claimTogetherMinutes } as const;
  const saw = ruleSees({ facts, isConfirmed, ...asked, attendances: rest.attendances, faults: rest.faults }, now);
  const opinion = ruleOpinion(saw);
  const isOwed = amountMinor > 0 && !isConfirmed && saw.togetherMs < saw.limitMs;
  if (isOwed) {
    const reason = likelyReason(facts, saw.doctorMs > 0, now);
    const answer = { amountMinor, reason, text: '', phone: claimed.phone, address: null, via: 'same', account: null, call: true } as const;
    const token = newToken();
    const { claimId } = await makeClaim(db, {
      claimId: newId(),
      token,
      consultationId,
      personId: consultation.patientId,
      sessionId: null,
      formKey: `rule:${consultationId}`,
      demandedAt: now,
      dueAt: dueAtOf(now, clinic.zone),
      year: Number(dateIn(clinic.zone, now).slice(0, 4)),
      email: consultation.email,
      ...answer,
      body: applicationOf({ claimed, ...rest }, answer, { token, version: 1 }, { clinic, now }),
    });
    await lookAfterClaim(ports, { claimId });
  }
  await keepOpening(db, consultationId, opinion.because, now);
}
