// Every statement of worker/data, for plans.test.ts: each function that builds or runs SQL is called once in every way that changes its SQL. A
// function that asks before it writes meets each answer of the port: no rows, one row, a key that exists, every refusal of a trigger.
import type { ClaimFacts } from '../../workflows/rules/claim-state.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { EMPTY_DRAFT } from '../../workflows/rules/protocol-draft.ts';
import { EMPTY_PROTOCOL } from '../../workflows/rules/protocol.ts';
import type { Facts } from '../../workflows/rules/status.ts';
import type { Asker } from '../../worker/data/asker.ts';
import * as applied from '../../worker/data/applied.ts';
import * as attendance from '../../worker/data/attendance.ts';
import * as audit from '../../worker/data/audit.ts';
import * as bouncedAddresses from '../../worker/data/bounced-addresses.ts';
import * as callDevices from '../../worker/data/call-devices.ts';
import * as callPassport from '../../worker/data/call-passport.ts';
import * as cancellations from '../../worker/data/cancellations.ts';
import * as cardAccesses from '../../worker/data/card-accesses.ts';
import * as cardArchives from '../../worker/data/card-archives.ts';
import * as cardFiles from '../../worker/data/card-files.ts';
import * as cardProtocols from '../../worker/data/card-protocols.ts';
import * as cardReader from '../../worker/data/card-reader.ts';
import * as cardReasons from '../../worker/data/card-reasons.ts';
import * as cardTimeline from '../../worker/data/card-timeline.ts';
import * as cardWords from '../../worker/data/card-words.ts';
import * as claimBasis from '../../worker/data/claim-basis.ts';
import * as claimFiles from '../../worker/data/claim-files.ts';
import * as claimForms from '../../worker/data/claim-forms.ts';
import * as claimLetters from '../../worker/data/claim-letters.ts';
import * as claimOpenings from '../../worker/data/claim-openings.ts';
import * as claimSignals from '../../worker/data/claim-signals.ts';
import * as claimSigning from '../../worker/data/claim-signing.ts';
import * as refundClaims from '../../worker/data/claims.ts';
import * as claimDesk from '../../worker/data/claim-desk.ts';
import * as claimQueue from '../../worker/data/claim-queue.ts';
import * as claimDecisions from '../../worker/data/claim-decisions.ts';
import * as claimAddressees from '../../worker/data/claim-addressees.ts';
import * as clinic from '../../worker/data/clinic.ts';
import * as clinicSettings from '../../worker/data/clinic-settings.ts';
import * as conclusions from '../../worker/data/conclusions.ts';
import * as confirmedAddresses from '../../worker/data/confirmed-addresses.ts';
import * as consents from '../../worker/data/consents.ts';
import * as consultations from '../../worker/data/consultations.ts';
import { type Arg, type Database, databaseOf, RAISES, type Row, type Write } from '../../worker/data/db.ts';
import * as delayChoices from '../../worker/data/delay-choices.ts';
import * as deviceChecks from '../../worker/data/device-checks.ts';
import * as differences from '../../worker/data/differences.ts';
import * as doctors from '../../worker/data/doctors.ts';
import * as fileSweeps from '../../worker/data/file-sweeps.ts';
import * as fromCard from '../../worker/data/from-card.ts';
import * as handovers from '../../worker/data/handovers.ts';
import * as icd from '../../worker/data/icd.ts';
import * as inPersonVisits from '../../worker/data/in-person-visits.ts';
import * as lateness from '../../worker/data/lateness.ts';
import * as letterAnswers from '../../worker/data/letter-answers.ts';
import * as letterQueue from '../../worker/data/letter-queue.ts';
import * as letters from '../../worker/data/letters.ts';
import * as lettersIn from '../../worker/data/letters-in.ts';
import * as meetings from '../../worker/data/meetings.ts';
import * as outbox from '../../worker/data/outbox.ts';
import * as ownClaims from '../../worker/data/own-claims.ts';
import * as passports from '../../worker/data/passports.ts';
import * as payments from '../../worker/data/payments.ts';
import * as people from '../../worker/data/people.ts';
import * as protocolDrafts from '../../worker/data/protocol-drafts.ts';
import * as protocols from '../../worker/data/protocols.ts';
import * as questionnaires from '../../worker/data/questionnaires.ts';
import * as receipts from '../../worker/data/receipts.ts';
import * as reconciliations from '../../worker/data/reconciliations.ts';
import * as refunds from '../../worker/data/refunds.ts';
import * as renderings from '../../worker/data/renderings.ts';
import * as renditions from '../../worker/data/renditions.ts';
import * as reschedules from '../../worker/data/reschedules.ts';
import * as reservations from '../../worker/data/reservations.ts';
import * as resumptions from '../../worker/data/resumptions.ts';
import { sweep } from '../../worker/data/retention.ts';
import * as roomFiles from '../../worker/data/room-files.ts';
import * as roomPasses from '../../worker/data/room-passes.ts';
import * as sessions from '../../worker/data/sessions.ts';
import * as signInCodes from '../../worker/data/sign-in-codes.ts';
import * as staffRefunds from '../../worker/data/staff-refunds.ts';
import * as templates from '../../worker/data/templates.ts';
import * as throttle from '../../worker/data/throttle.ts';
import * as troubles from '../../worker/data/troubles.ts';
import * as unsigned from '../../worker/data/unsigned.ts';
import * as verifications from '../../worker/data/verifications.ts';
import * as viewer from '../../worker/data/viewer.ts';
import * as visitConfirmations from '../../worker/data/visit-confirmations.ts';
import * as which from '../../worker/data/which.ts';
import { factsWith, HOUR, NOON } from '../cast.ts';

const now = NOON;
const id = '01930000-0000-7000-8000-000000000001';
const asker: Asker = { tokenHash: 'hash', now };
const person = { personId: id, sessionId: id };
const onClaim = { claimId: id, consultationId: id, version: 1, personId: id, sessionId: id };
const onRefund = (refusedAt: number | null) => ({ refund: { id, consultationId: id, claim: { id, number: 'n' }, refusedAt }, ...person });
const visit = { consultationId: id, ...person };
const RUN: reconciliations.Reconciliation = {
  id,
  day: null,
  since: 1,
  until: now,
  startedAt: now,
  phase: 'payments',
  cursor: null,
  pages: 0,
  compared: 0,
  repaired: 0,
  endedAt: null,
  isStopped: false,
};
const side = { consultationId: id, personId: id, role: 'patient' } as const;
const trace = { cameAt: now, late: { minutes: 10, at: now } };
const addressee = {
  id,
  number: 'n',
  consultationId: id,
  personId: id,
  personEmail: null,
  visitEmail: 'a@example.ru',
  isOpen: true,
  files: 0,
};
const interval = { startsAt: now, endsAt: now + HOUR };
const file = { id, name: 'a.pdf', type: 'application/pdf', bytes: 1, at: now, key: 'k' } as const;
const claimForm = {
  claimId: id,
  ...visit,
  formKey: 'k',
  reason: 'other',
  via: 'same',
  amountMinor: 1,
  body: {} as ApplicationFacts,
  account: null,
} as const;
const claimFile: claimFiles.KeptClaimFile = {
  id,
  claimId: id,
  ...visit,
  source: 'upload',
  letterId: null,
  email: null,
  name: 'a.jpg',
  type: 'image/jpeg',
  bytes: 1,
  sha256: 'h',
  key: 'k',
};
const caredClaim = {
  id,
  number: 'В-2026-00001',
  token: 't',
  consultationId: id,
  via: 'same',
  version: 1,
  facts: { amountMinor: 1, formVersion: 1 } as ClaimFacts,
} as const;
const everything = { kind: null, doctorId: null, from: 0, to: now, before: null };
const facts = (given: Partial<Facts>): Facts => factsWith({ takenMinor: 1, ...given });
const attempt: payments.Attempt = {
  id,
  consultationId: id,
  amountMinor: 1,
  createdAt: now,
  provider: 'p',
  providerId: id,
  confirmationUrl: null,
  succeededAt: null,
  cancelledAt: null,
};
const claims: people.Claims = {
  subject: 's',
  familyName: 'Т',
  givenName: 'А',
  middleName: null,
  birthDate: null,
  sex: null,
  snilsSealed: null,
  snilsMasked: null,
  email: null,
  emailKey: null,
  phone: null,
  confirmed: true,
};
const move: reschedules.Rescheduling = {
  ...visit,
  doctorId: id,
  patientId: id,
  by: 'patient',
  reason: 'asked',
  from: interval,
  to: { startsAt: now + HOUR, endsAt: now + 2 * HOUR },
  version: 1,
  trace,
};
const signing: protocols.Signing = {
  ...visit,
  doctorId: id,
  patientId: id,
  round: 1,
  base: 0,
  draft: EMPTY_DRAFT,
  questionnaire: [],
  amendsId: null,
};
const handover: handovers.Handover = {
  personId: id,
  givenName: 'А',
  familyName: 'Т',
  consultationId: id,
  doctorId: id,
  role: 'patient',
  startsAt: now,
  sessionUntil: now,
};
const cards = (['person', 'consultation', 'protocol', 'file'] as const).map(by => ({ by, id }));
const LINE_ENDS: readonly outbox.Heard[] = [{ kind: 'heard' }, { kind: 'unheard' }, { kind: 'refused', why: 'w' }];
const whiches = [which.byId(id), which.ofProtocol(id)];

/** What a call gives: statements, alone or in lists and records, or the end of something that ran them. */
type Call = (db: Database) => unknown;

const CALLS: Readonly<Record<string, readonly Call[]>> = {
  applied: [db => applied.answerOf(db, 'k'), db => applied.keepAnswer(db, 'k', '{}', now), db => applied.isNewNonce(db, 'n', now)],
  attendance: [
    db => attendance.enterRoom(db, side, now),
    db => attendance.joinCall(db, id, id, now, now),
    db => attendance.leaveRoom(db, id, id, now, now),
    () => whiches.map(attendance.attendanceRead),
  ],
  'call-devices': [
    () => callDevices.keepsDevice(side, { browser: 'chrome', system: 'linux', kind: 'computer' }, now),
    () => whiches.map(callDevices.callDevicesRead),
  ],
  'call-passport': [
    db => callPassport.noteMinute(db, id, id, { loss: 0, rttMs: 1, kbpsIn: 1, kbpsOut: 1, kind: 'video' }, now),
    db => callPassport.noteFault(db, { consultationId: id, personId: id, side: 'sfu', kind: 'k', detail: null }, now),
    db => callPassport.noteMissing(db, id, { kind: 'doctorLate', role: 'doctor' }, 1, now),
    () => whiches.map(callPassport.faultsRead),
    () => whiches.map(callPassport.callMinutesRead),
  ],
  audit: [() => audit.auditedOnce({ now, ...person, act: 'a', kind: 'k', id, detail: 'd' })],
  cancellations: [db => cancellations.cancelByPatient(db, { ...visit, returnMinor: 1, paid: true }, now)],
  'card-accesses': [() => cardAccesses.accessesRead(asker, id, null, 'ru'), () => cardAccesses.ownAccessesRead(asker, id, 'ru')],
  'card-archives': [() => [cardArchives.archivedProtocolsRead(asker, id), cardArchives.archivedFilesRead(asker, id)]],
  'card-files': [
    db => cardFiles.keepsCardFile(db, { ...file, patientId: id, is: 'photo' }, person),
    () => [cardFiles.cardFileRead(asker, id), cardFiles.ownFileRead(asker, id)],
    db => [true, false].map(back => cardFiles.removesFile(db, asker, id, back, person)),
  ],
  'card-protocols': [() => [cardProtocols.paperRead(asker, id), cardProtocols.standingProtocolRead(asker, id)]],
  'card-reader': [
    () => cards.map(card => [cardReader.cardReaderRead(asker, card), cardReader.relationRead(asker, card)]),
    () => cards.map(card => cardReader.journalled(asker, card, { act: 'card', subjectId: null, folds: true })),
    () => cardReader.profilesRead(asker),
  ],
  'card-reasons': [db => cardReasons.givesReason(db, asker, id, 'Разбираем жалобу', person)],
  'card-timeline': [
    () => cards.map(card => cardTimeline.timelineRead(asker, card, everything)),
    () => cards.map(card => [cardTimeline.spanRead(asker, card), cardTimeline.cardDoctorsRead(asker, card)]),
  ],
  'card-words': [
    () => cardWords.indexesProtocol(id, id, EMPTY_PROTOCOL),
    () => cards.map(card => cardWords.searchRead(asker, card, { stems: ['бол'], last: 'сердц' })),
  ],
  'claim-signals': [
    () => claimSignals.startsClaim({ claimId: id, consultationId: id, demandedAt: now, dueAt: now }, now),
    () => claimSignals.claimChanged(id, id, 'm', now),
    () => claimSignals.resumesClaim({ claimId: id, consultationId: id, demandedAt: now, dueAt: now }, now),
  ],
  'claim-basis': [
    () => (['consultation', 'claim'] as const).map(by => claimBasis.claimBasisReads(asker, { by, id })),
    () => claimBasis.ruleBasisReads(id, now),
  ],
  'claim-files': [db => claimFiles.keepsClaimFile(db, claimFile, now)],
  'claim-forms': [
    db => claimForms.makeClaim(db, { ...claimForm, token: 't', demandedAt: now, dueAt: now, year: 2026, email: 'a@example.ru' }),
    db => claimForms.changeForm(db, { ...claimForm, base: 1 }, now),
    db => claimForms.keepDraft(db, id, id, '{}', now),
    db => claimForms.withdrawClaim(db, { claimId: id, ...visit }, now),
  ],
  'claim-letters': [() => claimLetters.claimInLetterRead(`${id}:1`, now)],
  'claim-openings': [db => claimOpenings.unopenedVisits(db, now), db => claimOpenings.keepOpening(db, id, 'noProof', now)],
  'claim-signing': [
    db => claimSigning.formPrinted(db, { claimId: id, version: 1, sha256: 'h', key: 'k' }),
    db => claimSigning.signByCode(db, { claimId: id, ...visit, version: 1, sha256: 'h', email: 'a@example.ru' }, now),
  ],
  claims: [
    () => refundClaims.caredClaimReads(id, now),
    () => refundClaims.unsentClaimLettersRead(id),
    db => refundClaims.careFor(db, caredClaim, { letters: [{ kind: 'claimMade', subject: id }], alarms: ['day7'], nextAt: now }, now),
    db => refundClaims.takeClaims(db, now),
  ],
  'claim-desk': [
    () => claimDesk.claimDeskReads(asker, ['finance'], id),
    () => claimDesk.claimBytesRead(asker, ['finance'], id, id),
    () => claimDesk.claimSheetsRead(asker, ['finance'], id),
    () => claimDesk.claimPaperRead(asker, ['finance'], id),
    db => claimDesk.journalsDossier(db, { claimId: id, ...person }, now),
    db => claimDesk.readsSealedAccount(db, { claimId: id, ...person }, now),
    db => claimDesk.removesClaimFile(db, { claimId: id, ...person }, id, now),
  ],
  'claim-queue': [
    () => claimQueue.openClaimsRead(asker, ['finance']),
    () => claimQueue.endedClaimsRead(asker, ['finance']),
    () => claimQueue.moneyQueueRead(asker, ['finance']),
  ],
  'claim-decisions': [
    db => claimDecisions.decide(db, { ...onClaim, amountMinor: 1, reason: 'r' }, now),
    ...[true, false].map(
      (agrees): Call =>
        db =>
          claimDecisions.second(db, { ...onClaim, decisionId: id, agrees }, now),
    ),
    db => claimDecisions.askMore(db, { ...onClaim, text: 't' }, now),
  ],
  clinic: [() => clinic.clinicRead()],
  'clinic-settings': [
    () => clinicSettings.clinicSettingsRead(now),
    () => clinicSettings.settingHistoryRead(asker),
    db => clinicSettings.entersSettings(db, [{ key: 'inn', value: 'v' }], { ...person, since: now, seen: 0 }, now),
    () => ({ sql: `SELECT ${clinicSettings.settingAt('inn', '?1')}`, args: [now] }),
  ],
  conclusions: [db => conclusions.conclude(db, { ...visit, outcome: 'tookPlace', version: 1 }, now)],
  'confirmed-addresses': [
    () => bouncedAddresses.bouncedAddressRead(asker),
    db => bouncedAddresses.changeAddress(db, { asker, personId: id, sessionId: id, from: 'a@example.ru', to: 'b@example.ru' }),
    db => bouncedAddresses.lettersAgain(db, now),
    () => confirmedAddresses.isConfirmedRead(asker, 'a@example.ru'),
    db => confirmedAddresses.confirmAddress(db, asker, 'a@example.ru'),
  ],
  consents: [
    () => [consents.documentsRead(asker), consents.documentRead(asker, id)],
    db => consents.signConsents(db, { ...person, now }, [id]),
    db => consents.withdrawConsent(db, { ...person, now }, id),
  ],
  consultations: [
    () => [consultations.ownConsultationRead(asker, id), consultations.consultationRead(id), consultations.passConsultationRead('h')],
    () => [consultations.recentConsultationsRead(asker), consultations.deskRead(asker, now, now)],
    () => [consultations.pastConsultationsRead(asker, '')],
    () => [consultations.lettersRead(asker, id), consultations.paymentsRead(asker, id), consultations.refundsRead(asker, id)],
  ],
  'delay-choices': [
    db => delayChoices.chooseToWait(db, { ...visit, version: 1, trace }, now),
    db => delayChoices.chooseRefund(db, { ...visit, version: 1, trace }, now),
    () => delayChoices.waitsRead(asker, id),
  ],
  'device-checks': [
    () => deviceChecks.keepsCheck(id, id, { camera: true, microphone: true, speaker: true, network: 'video', details: '{}' }, now),
    () => whiches.map(deviceChecks.checksRead),
    () => [
      deviceChecks.patientsCheckRead(asker, id),
      deviceChecks.deskChecksRead(asker, now, now),
      deviceChecks.lastCheckRead(asker, ''),
      deviceChecks.lastCheckRead(asker, id),
    ],
  ],
  doctors: [
    () => doctors.directoryReads(now),
    () => [doctors.allHeldRead(now), doctors.heldRead(id, now), doctors.heldBesideRead(id, now), doctors.doctorsEmailRead(id)],
  ],
  'file-sweeps': [
    db => fileSweeps.purgesPutAway(db, 1, now),
    db => [fileSweeps.purgesRemoved(db, 10, now), fileSweeps.sweepCursor(db)],
    db => fileSweeps.keysWithoutRow(db, ['k']),
    db => fileSweeps.keepSweepCursor(db, null, now),
  ],
  'from-card': [() => [fromCard.fromCardRead(asker, id), fromCard.fromCardLook(asker, id)]],
  handovers: [
    db => handovers.giveHandover(db, { tokenHash: 'h', ...visit }, now),
    () => handovers.handoverRead('h', now),
    db => handovers.takeHandover(db, handover, 'h', 's', now),
    db => handovers.spendHandover(db, handover, 'h', id, now),
  ],
  icd: [() => [icd.icdRead(asker, 'гипертензия'), icd.icdRead(asker, ''), icd.icdCodeRead('I10')]],
  'in-person-visits': [
    () => inPersonVisits.inPersonVisitsRead(asker, id),
    db => inPersonVisits.enterVisit(db, { patientId: id, doctorId: id, visitedOn: '2026-11-01', ...person }, now),
  ],
  lateness: [() => [lateness.saysLate(id, id, { minutes: 5, at: now }), lateness.latenessRead(id), whiches.map(lateness.latenessesRead)]],
  'claim-addressees': [
    db => [claimAddressees.claimByToken(db, 't'), claimAddressees.claimByLetter(db, ['<a@b>']), claimAddressees.claimByNumber(db, 'n')],
    () => claimAddressees.knownFilesRead(id),
  ],
  'letter-answers': [
    db => [
      letterAnswers.takeAnswers(db, null, now),
      letterAnswers.takeAnswers(db, id, now),
      letterAnswers.endAnswer(db, id, 'refused', now),
    ],
    db => letterAnswers.answerFacts(db, { id, claimId: id, letterId: id, email: 'a@example.ru' }),
    () => letterAnswers.queuesAnswer(addressee, id, 'a@example.ru', now),
  ],
  'letter-queue': [
    () => [letterQueue.queuedLettersRead(asker, ['finance']), letterQueue.letterInRead(asker, ['finance'], id)],
    db => letterQueue.settleLetter(db, { letterId: id, ...person, note: 'noted' }, now),
    db => letterQueue.attachLetter(db, { letterId: id, ...person, note: 'noted' }, { claimId: id, relation: 'own' }, [], now),
    db => letterQueue.letterTakenOut(db, { letterId: id, ...person }, now),
  ],
  'letters-in': [
    db =>
      lettersIn.keepLetter(
        db,
        { id, sha256: 'h', door: 'email', outsideId: null, envelopeFrom: '', envelopeTo: '', bytes: 1, key: 'k' },
        now,
      ),
    db => [
      lettersIn.takeUnjudged(db, null, now),
      lettersIn.takeUnjudged(db, id, now),
      lettersIn.takenOf(db, ['r']),
      lettersIn.beginsLook(db, HOUR, now),
    ],
    () => lettersIn.judges(id, { messageId: null, sender: null, subject: '', text: '', machine: null, claim: null, why: null }, now),
    () => [lettersIn.keepsParts(id, id, []), lettersIn.signsByLetter(addressee, id, null, now)],
    () => lettersIn.keepsLettersFile(id, id, { id, name: 'a', type: 'image/png', bytes: 1, sha256: 'h', key: 'k' }, now),
  ],
  letters: [
    db => [letters.unnamedLetters(db, now), letters.nameLetter(db, id, '<a@b>')],
    () => letters.letterCameBack(['<a@b>'], 'bounced', now),
    db => letters.queueLetter(db, { consultationId: id, kind: 'paid', scheduleVersion: 1 }, 'a@example.ru', now),
    db => letters.letterSent(db, id, id, now),
    db => letters.letterEnded(db, { consultationId: id, kind: 'paid', scheduleVersion: 1 }, 'notNeeded', now),
    db => letters.endLateLetters(db, now),
    db => letters.takeUnsent(db, now),
    db => letters.letterReported(db, { id, type: 't', providerId: id, delivery: { state: 'delivered', why: null }, at: now }, now),
  ],
  meetings: [() => meetings.meetingRead(asker, id)],
  outbox: [
    db => [outbox.takeLines(db, 't', now), outbox.takeLines(db, 't', now, id)],
    () => LINE_ENDS.map(heard => outbox.settled({ id: 1, body: '{}', tries: 1, refusals: 0 }, heard, 't', now)),
    () => [outbox.tellsPresence(id, 'entered', id, now), outbox.deadCountRead()],
  ],
  'own-claims': [
    () => [ownClaims.claimsOfRead(asker, id), ownClaims.allClaimsRead(asker), ownClaims.ownClaimRead(asker, id)],
    () => [ownClaims.claimFilesRead(asker, id), ownClaims.ownClaimFileRead(asker, id, id), ownClaims.claimSignaturesRead(asker, id)],
    () => [ownClaims.claimQuestionsRead(asker, id), ownClaims.claimRefundsRead(asker, id)],
  ],
  passports: [() => passports.passportReads(asker, id, ['finance'])],
  payments: [
    db => payments.openAttempt(db, id, 'p', now),
    db => [payments.attemptByProviderId(db, 'p', id), payments.attemptById(db, id), payments.openAttempts(db, id)],
    db => payments.attemptsDue(db, now, now),
    db => payments.takesTurn(db, id, now, now),
    db => payments.takeUngranted(db, now),
    () => [payments.attemptBegun(id, id, null), payments.lapses(id, now)],
    db => payments.recordMoney(db, { attempt, method: null }, now),
    db => payments.recordRefusal(db, attempt, 'r', now),
    db => payments.keepNotice(db, { event: 'e', objectId: id, body: '{}', answer: '{}' }, now),
    db => payments.grant(db, id, facts({}), now),
    db => payments.grant(db, id, facts({ cancelledAt: now, cancelledBy: 'patient' }), now),
  ],
  people: [
    db => people.takeOver(db, claims, now),
    db => people.keepBirthDate(db, { personId: id, sessionId: id, now }, '1958-03-14'),
    db => people.ownerOf(db, 'a@example.ru'),
  ],
  'protocol-drafts': [
    () => [protocolDrafts.draftRead(asker, id), protocolDrafts.pastSavesRead(asker, id), protocolDrafts.saveRead(asker, id, 1)],
    db => protocolDrafts.saveDraft(db, { ...visit, round: 1, base: 0, draft: EMPTY_DRAFT }, now),
  ],
  protocols: [() => protocols.signedRead(asker, id), db => protocols.signProtocol(db, signing, now)],
  questionnaires: [
    () => [questionnaires.questionsRead(id), questionnaires.answersRead(asker, id)],
    db => questionnaires.keepAnswers(db, { ...visit, base: 0, answers: [] }, now),
  ],
  reconciliations: [
    db => reconciliations.beginReconciliation(db, { since: 1, until: now, by: { day: '2026-11-30' } }, now),
    db => reconciliations.beginReconciliation(db, { since: 1, until: now, by: { personId: id, sessionId: id } }, now),
    db => [
      reconciliations.takeReconciliation(db, null, now),
      reconciliations.takeReconciliation(db, id, now),
      reconciliations.runOfDay(db, '2026-11-30'),
      reconciliations.hasEnded(db, id),
    ],
    db =>
      db.batch([
        reconciliations.movesOn(RUN, { phase: 'refunds', cursor: null, compared: 1, repaired: 0 }, now),
        reconciliations.releasesRun(id, now),
      ]),
    db =>
      db.batch([
        ...reconciliations.stopsRun(id, id, id, now),
        reconciliations.tellsRun(id, now),
        reconciliations.marksSeen('payment', [id], now),
        reconciliations.marksSeen('refund', [id], now),
      ]),
    () => [
      reconciliations.reconciliationsRead(),
      reconciliations.comparedUntilRead(),
      reconciliations.paymentsRead('yookassa', [id], [id]),
      reconciliations.refundsRead([id]),
    ],
    db => [reconciliations.unseenPayments(db, RUN, now), reconciliations.unseenRefunds(db, RUN, now)],
  ],
  differences: [
    db => db.batch([differences.notesSeen([], now), ...differences.notesFacts(1, now), differences.closesGone([id], now)]),
    db => db.batch(differences.closesByPerson({ id, personId: id, sessionId: id, note: 'settled', lastFigures: '' }, now)),
    db => differences.openOfProvider(db, id),
    () => [differences.differencesRead(true, 0), differences.differencesRead(false, 0), differences.openCountsRead()],
  ],
  refunds: [
    db => [receipts.takeReceipts(db, now), receipts.keepReceiptRequest(db, id, '{}'), receipts.recordReceipt(db, id, null, now)],
    () => receipts.receiptsRead(asker, id),
    db => [refunds.takeRefunds(db, now, null), refunds.takeRefunds(db, now, id), refunds.unsettled(db)],
    db => [refunds.refundByProviderId(db, 'yookassa', id), refunds.unheardRefund(db, id, id)],
    db => [refunds.keepRequest(db, id, '{}', now), refunds.releaseRefund(db, id, now), refunds.postponeRefund(db, id, now)],
    db => refunds.givesWay(db, { id } as refunds.OpenRefund, now),
    db => receipts.dueSettlement(db, id, now),
    db =>
      refunds.recordExternal(db, { provider: 'yookassa', paymentProviderId: id, providerId: id, amountMinor: 1, state: 'succeeded' }, now),
    db => db.batch(refunds.asksBackWhole(id, 'failed', now, conclusions.HAS_FAILED)),
    db => db.batch(refunds.asksBack({ consultationId: id, paymentId: id, minor: 1, reason: 'late' }, now)),
    db => refunds.recordRefund(db, { id, providerId: id, state: 'succeeded', reason: null }, now),
    () => refunds.refundSummaryRead(id),
  ],
  renderings: [
    db => renderings.takeRendering(db, id, 't', now),
    db => renderings.keepSignature(db, id, null),
    db => renderings.releaseRendering(db, id, 't'),
    db => renderings.failRendering(db, id, 'w', now),
  ],
  renditions: [
    () => [renditions.printableRead(id), renditions.visitsRead(id)],
    db => renditions.keepRendition(db, { protocolId: id, hash: 'h', bytes: 1, qualified: null }, now),
  ],
  reschedules: [
    db => reschedules.reschedule(db, move, now),
    db => reschedules.reschedule(db, { ...move, reason: 'doctorLate' }, now),
    () => reschedules.movesRead(asker, id),
  ],
  reservations: [
    db =>
      reservations.reserveSlot(
        db,
        {
          ...interval,
          ...person,
          doctorId: id,
          patientId: id,
          priceMinor: 1,
          policy: { freeHours: 24, keptPercent: 10 },
          email: 'e',
          lang: 'ru',
          zone: null,
          requestKey: id,
          holdMinutes: 10,
        },
        now,
      ),
  ],
  resumptions: [() => resumptions.resumes(now).map(sql => ({ sql, args: [] }))],
  retention: [db => sweep(db, now)],
  'room-files': [
    () => [roomFiles.keepsFile(id, id, { ...file, from: 'doctor' }), roomFiles.roomFileRead(asker, id, id), roomFiles.roomFilesRead(id)],
  ],
  'room-passes': [
    db => roomPasses.givePass(db, 'h', side, id, now),
    db => roomPasses.renewPass(db, 'h', side, id, now),
    () => [
      roomPasses.passRead('h', now),
      roomPasses.livePassesRead(['h'], now),
      ...[true, false].map(everywhere => roomPasses.heldPassesRead(asker, everywhere)),
    ],
  ],
  sessions: [
    () => sessions.sessionStarts({ tokenHash: 'h', personId: id, way: 'code', now }),
    db => sessions.touchSession(db, asker),
    () => sessions.isLiveRead(id, now),
    db => [true, false].map(everywhere => sessions.endSessions(db, asker, everywhere)),
  ],
  'sign-in-codes': [
    db => signInCodes.issueCode(db, { id, email: 'a@example.ru', codeHash: 'h' }, now),
    db => signInCodes.codeSent(db, id, null, now),
    db => signInCodes.codeFailed(db, id, now),
    () => signInCodes.codeLetterRead(id),
    db => signInCodes.tryCode(db, id, 'h', now),
  ],
  templates: [
    () => [templates.templatesRead(asker), templates.phrasesRead(asker)],
    db => templates.keepTemplate(db, { doctorId: id, ...person, name: 'n', body: {} }, now),
  ],
  throttle: [db => throttle.mayTry(db, 'codesToAddress', 'k', now), db => throttle.takeBackTry(db, 'codesToAddress', 'k', now)],
  'staff-refunds': [
    () => staffRefunds.staffRefundRead(asker, ['finance'], id),
    db => staffRefunds.asksAgain(db, onRefund(null), now),
    ...[null, now].map(
      (refusedAt): Call =>
        db =>
          staffRefunds.paysByHand(db, { ...onRefund(refusedAt), document: '1', documentOn: 'd' }, now),
    ),
    db => staffRefunds.reviews(db, { ...onRefund(null), note: 'n' }, now),
  ],
  troubles: [() => troubles.troublesRead(asker, ['frontDesk'])],
  unsigned: [() => [unsigned.unendedRead(asker), unsigned.unsignedRead(asker), unsigned.overdueRead(asker, ['frontDesk'], now)]],
  verifications: [() => verifications.verifiedRead('code')],
  viewer: [() => viewer.viewerRead(asker)],
  'visit-confirmations': [
    db => visitConfirmations.confirmVisit(db, { ...visit, version: 1, by: 'patient', reason: null }, now),
    () => [visitConfirmations.unmetRead(asker, ['frontDesk']), visitConfirmations.staffVisitRead(asker, ['frontDesk'], id)],
  ],
};

export interface Statement extends Write {
  /** The file of worker/data whose function made it. */
  readonly from: string;
}

/** Every distinct statement of each file, with the arguments of one call. */
export async function allStatements(): Promise<Statement[]> {
  const seen = new Map<string, Statement>();
  for (const [from, calls] of Object.entries(CALLS)) {
    const note = ({ sql, args }: Write) => void seen.set(`${from} ${sql}`, { from: `${from}.ts`, sql, args });
    for (const answers of ANSWERS) for (const call of calls) await settled(call(listening(note, answers)), note);
  }
  return [...seen.values()];
}

/** What the port answers to each batch in turn; the last answer stands. */
type Answers = readonly (Row[] | string)[];

// A column of any name holds '1', which reads as a text and as a number.
const ROW = new Proxy<Row>({}, { get: () => '1' });
const ANSWERS: readonly Answers[] = [
  [[]],
  [[ROW]],
  ...['UNIQUE constraint failed: t.a', ...RAISES].flatMap((refusal): Answers[] => [
    [refusal, []],
    [refusal, [ROW]],
  ]),
];

/** The port itself over a binding that notes what it is sent. */
function listening(note: (write: Write) => void, answers: Answers): Database {
  let turn = 0;
  const binding = {
    prepare: (sql: string) => ({ bind: (...args: Arg[]): Write => ({ sql, args }) }),
    batch: (statements: Write[]) => {
      for (const statement of statements) note(statement);
      const answer = answers[Math.min(turn++, answers.length - 1)] ?? [];
      return typeof answer === 'string'
        ? Promise.reject(new Error(`D1_ERROR: ${answer}: SQLITE_CONSTRAINT`))
        : Promise.resolve(statements.map(() => ({ results: answer, meta: { changes: answer.length } })));
    },
  };
  return databaseOf({ DB: binding as unknown as D1Database });
}

/** Waits for what runs and notes what was only built. How a call ends is not asked here. */
async function settled(made: unknown, note: (write: Write) => void): Promise<void> {
  if (made instanceof Promise) return await made.then(value => settled(value, note)).catch(() => {});
  if (typeof made !== 'object' || made === null) return;
  if (isWrite(made)) return note(made);
  for (const part of Object.values(made)) await settled(part, note);
}

const isWrite = (made: object): made is Write => 'sql' in made && 'args' in made;
