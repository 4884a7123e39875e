// The activities as workflows call them, each with the summary that the Temporal console shows. Called by consultation.ts, protocol.ts and
// story.ts.
import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import { type About, type Activities, attemptMsOf, type ClaimStanding, type MissingKind, type Standing } from './activities.ts';
import { ACTIVITY_MS, CLOSING_PATIENCE_MS, REMINDER_PATIENCE_MS, RETRY_CAP_MS } from './clocks.ts';
import { lapseKeyOf, letterKeyOf, missingKeyOf } from './messages.ts';
import { type LetterKind, LETTERS } from './rules/letter.ts';

/** The signature that the host registers: the first argument becomes the body of the request, the second its idempotency key. */
export type Keyed = {
  [Name in keyof Activities]: (about: Parameters<Activities[Name]>[0], idempotencyKey?: string) => ReturnType<Activities[Name]>;
};

const UNTIL_ANSWERED: ActivityOptions = {
  startToCloseTimeout: ACTIVITY_MS,
  retry: { initialInterval: 1_000, backoffCoefficient: 2, maximumInterval: RETRY_CAP_MS },
};

const proxied = proxyActivities<Keyed>(UNTIL_ANSWERED);

const summed = (summary: string, more: ActivityOptions = {}): ActivityOptions => ({ ...UNTIL_ANSWERED, ...more, summary });

const about = (consultationId: string): About => ({ consultationId });

export const activities = {
  standing: (id: string): Promise<Standing> => proxied.standing.executeWithOptions(summed('how it stands'), [about(id)]),

  settleExpiry: (id: string, expiresAt: number, asked: number, resumedAt?: number): Promise<Standing> =>
    proxied.settleExpiry.executeWithOptions(summed(`hold ended ${iso(expiresAt)}: lapsed or paid?`), [
      about(id),
      lapseKeyOf(id, expiresAt, asked, resumedAt),
    ]),

  checkPayments: (id: string): Promise<Standing> =>
    proxied.checkPayments.executeWithOptions(summed('ask about open payments'), [about(id)]),

  settleRefunds: (id: string): Promise<Standing> => proxied.settleRefunds.executeWithOptions(summed('send back what is owed'), [about(id)]),

  /** `subject` is a claim or a part of one; empty for a letter about the consultation itself. */
  sendLetter: (id: string, kind: LetterKind, scheduleVersion: number, subject = '') => {
    const patience = LETTERS[kind].expires ? { scheduleToCloseTimeout: REMINDER_PATIENCE_MS } : {};
    const of = subject === '' ? `schedule ${scheduleVersion}` : subject;
    return proxied.sendLetter.executeWithOptions(summed(`letter ${kind}, ${of}`, patience), [
      { consultationId: id, kind, scheduleVersion, ...(subject === '' ? {} : { subject }) },
      letterKeyOf(id, kind, scheduleVersion, subject),
    ]);
  },

  lookAfterClaim: (claimId: string): Promise<ClaimStanding> =>
    proxied.lookAfterClaim.executeWithOptions(summed('write down what is due for the claim'), [{ claimId }]),

  noteMissing: (id: string, kind: MissingKind, scheduleVersion: number) => {
    const note = kind === 'doctorLate' ? proxied.noteDoctorLate : proxied.notePatientAbsent;
    const who = kind === 'doctorLate' ? 'doctor' : 'patient';
    return note.executeWithOptions(summed(`the ${who} has not come: still so?`), [
      { consultationId: id, scheduleVersion },
      missingKeyOf(id, kind, scheduleVersion),
    ]);
  },

  /** Repeated until the signing service and the storage answer, because a signed protocol must get its PDF. */
  renderProtocol: (protocolId: string) =>
    proxied.renderProtocol.executeWithOptions(
      summed('make the PDF, have it signed, keep it', { startToCloseTimeout: attemptMsOf('renderProtocol') }),
      [{ protocolId }],
    ),

  reconcile: (runId: string | null, at: number) =>
    proxied.reconcile.executeWithOptions(summed('a page of «Сверка»', { startToCloseTimeout: attemptMsOf('reconcile') }), [{ runId, at }]),

  closeRoom: (id: string) =>
    proxied.closeRoom.executeWithOptions(summed('close the room', { scheduleToCloseTimeout: CLOSING_PATIENCE_MS }), [about(id)]),
};

export const iso = (at: number): string => new Date(at).toISOString();
