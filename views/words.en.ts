// All labels of the cabinet in English. It must have the same keys as the Russian words, or it does not compile.
import { typeset } from './typeset.ts';
import { applicationEn } from './words/application.en.ts';
import { appointmentsEn } from './words/appointments.en.ts';
import { bookingEn } from './words/booking.en.ts';
import { checkEn } from './words/check.en.ts';
import { cardEn } from './words/card.en.ts';
import { claimEn } from './words/claim.en.ts';
import { confirmationEn } from './words/confirmation.en.ts';
import { consentsEn } from './words/consents.en.ts';
import { consultationEn } from './words/consultation.en.ts';
import { delayEn } from './words/delay.en.ts';
import { failuresEn } from './words/failures.en.ts';
import { dossierEn } from './words/dossier.en.ts';
import { financeEn } from './words/finance.en.ts';
import { reconciliationEn } from './words/reconciliation.en.ts';
import { frameEn } from './words/frame.en.ts';
import { handoverEn } from './words/handover.en.ts';
import { helpEn } from './words/help.en.ts';
import { limitsEn } from './words/limits.en.ts';
import { lettersInEn } from './words/letters-in.en.ts';
import { lettersEn } from './words/letters.en.ts';
import { onlineEn } from './words/online.en.ts';
import { paperEn } from './words/paper.en.ts';
import { passportEn } from './words/passport.en.ts';
import { protocolEn } from './words/protocol.en.ts';
import { questionnaireEn } from './words/questionnaire.en.ts';
import { rescheduleEn } from './words/reschedule.en.ts';
import { roomEn } from './words/room.en.ts';
import { signInEn } from './words/sign-in.en.ts';
import { verifyEn } from './words/verify.en.ts';
import { staffEn } from './words/staff.en.ts';
import { statesEn } from './words/states.en.ts';
import { cancellationEn, paymentEn } from './words/payment.en.ts';
import type { Words } from './words.ru.ts';

export const en = typeset({
  frame: frameEn,
  states: statesEn,
  signIn: signInEn,
  card: cardEn,
  claim: claimEn,
  confirmation: confirmationEn,
  consents: consentsEn,
  online: onlineEn,
  booking: bookingEn,
  appointments: appointmentsEn,
  consultation: consultationEn,
  payment: paymentEn,
  room: roomEn,
  paper: paperEn,
  application: applicationEn,
  passport: passportEn,
  check: checkEn,
  handover: handoverEn,
  protocol: protocolEn,
  questionnaire: questionnaireEn,
  cancellation: cancellationEn,
  reschedule: rescheduleEn,
  delay: delayEn,
  help: helpEn,
  verify: verifyEn,
  staff: staffEn,
  finance: financeEn,
  reconciliation: reconciliationEn,
  dossier: dossierEn,
  failures: failuresEn,
  letters: lettersEn,
  lettersIn: lettersInEn,
  limits: limitsEn,
} satisfies Words);
