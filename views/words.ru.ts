// All labels of the cabinet in Russian, by noun; the words are in views/words/.
import { typeset } from './typeset.ts';
import { applicationRu } from './words/application.ru.ts';
import { appointmentsRu } from './words/appointments.ru.ts';
import { bookingRu } from './words/booking.ru.ts';
import { checkRu } from './words/check.ru.ts';
import { cardRu } from './words/card.ru.ts';
import { claimRu } from './words/claim.ru.ts';
import { confirmationRu } from './words/confirmation.ru.ts';
import { consentsRu } from './words/consents.ru.ts';
import { consultationRu } from './words/consultation.ru.ts';
import { delayRu } from './words/delay.ru.ts';
import { failuresRu } from './words/failures.ru.ts';
import { dossierRu } from './words/dossier.ru.ts';
import { financeRu } from './words/finance.ru.ts';
import { reconciliationRu } from './words/reconciliation.ru.ts';
import { frameRu } from './words/frame.ru.ts';
import { handoverRu } from './words/handover.ru.ts';
import { helpRu } from './words/help.ru.ts';
import { limitsRu } from './words/limits.ru.ts';
import { lettersInRu } from './words/letters-in.ru.ts';
import { lettersRu } from './words/letters.ru.ts';
import { onlineRu } from './words/online.ru.ts';
import { paperRu } from './words/paper.ru.ts';
import { passportRu } from './words/passport.ru.ts';
import { protocolRu } from './words/protocol.ru.ts';
import { questionnaireRu } from './words/questionnaire.ru.ts';
import { rescheduleRu } from './words/reschedule.ru.ts';
import { roomRu } from './words/room.ru.ts';
import { signInRu } from './words/sign-in.ru.ts';
import { staffRu } from './words/staff.ru.ts';
import { statesRu } from './words/states.ru.ts';
import { verifyRu } from './words/verify.ru.ts';
import { cancellationRu, paymentRu } from './words/payment.ru.ts';

export const ru = typeset({
  frame: frameRu,
  states: statesRu,
  signIn: signInRu,
  card: cardRu,
  claim: claimRu,
  confirmation: confirmationRu,
  consents: consentsRu,
  online: onlineRu,
  booking: bookingRu,
  appointments: appointmentsRu,
  consultation: consultationRu,
  payment: paymentRu,
  room: roomRu,
  paper: paperRu,
  application: applicationRu,
  passport: passportRu,
  check: checkRu,
  handover: handoverRu,
  protocol: protocolRu,
  questionnaire: questionnaireRu,
  cancellation: cancellationRu,
  reschedule: rescheduleRu,
  delay: delayRu,
  help: helpRu,
  verify: verifyRu,
  staff: staffRu,
  finance: financeRu,
  reconciliation: reconciliationRu,
  dossier: dossierRu,
  failures: failuresRu,
  letters: lettersRu,
  lettersIn: lettersInRu,
  limits: limitsRu,
});

export type Words = typeof ru;
