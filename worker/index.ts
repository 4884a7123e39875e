// Entry file of the Worker: every route, one line each, the middleware of every request, the cron that runs every minute, and the
// door for letters. wrangler.toml names it.
import { databaseOf } from './data/db.ts';
import { Hono } from 'hono';
import { base64url } from './auth/seal.ts';
import { sweep } from './data/retention.ts';
import { type Bindings, type HonoEnv, type World, worldOf } from './world.ts';
import { broken, foreign, notFound, tooLarge, tooMany } from './http/failures.tsx';
import { headers, language, ownForms, rates, sizes } from './http/guards.ts';
import { sweepFiles } from './files/sweep.ts';
import { sendAgain } from './letters/send-again.ts';
import { lookAfterClaims } from './claims/look-after.ts';
import { openClaims } from './claims/open.ts';
import { deliver } from './outbox.ts';
import { each } from './each.ts';
import { sendAnswers } from './letters-in/answer.ts';
import { takeEmail } from './letters-in/email.ts';
import { judgeLetters } from './letters-in/judge.ts';
import { nameLetters } from './letters-in/names.ts';
import { closeGap } from './letters-in/received.ts';
import { endLateLetters } from './data/letters.ts';
import { sendUnsent } from './letters/send.ts';
import { askAboutOpen, settleUngranted } from './money/payments.ts';
import { settleReceipts } from './money/receipts.ts';
import { reconcileDue } from './money/reconciliation.ts';
import { settleRefunds } from './money/refunds.ts';
import { activities } from './routes/machines/activities.ts';
import { addresses } from './routes/patient/addresses.tsx';
import { appointments } from './routes/patient/appointments.tsx';
import { calls } from './routes/room/calls.ts';
import { check } from './routes/room/check.tsx';
import { cardArchive } from './routes/patient/card-archive.tsx';
import { cardFiles } from './routes/patient/card-files.ts';
import { cardProtocols } from './routes/patient/card-protocols.tsx';
import { card } from './routes/patient/card.tsx';
import { claimFiles } from './routes/patient/claim-files.ts';
import { claimForms } from './routes/patient/claim-forms.tsx';
import { claims } from './routes/patient/claims.tsx';
import { consents } from './routes/public/consents.tsx';
import { consultations } from './routes/patient/consultations.tsx';
import { delays } from './routes/patient/delays.tsx';
import { desk } from './routes/desk/desk.tsx';
import { doctors } from './routes/public/doctors.tsx';
import { entry } from './routes/public/entry.ts';
import { handover } from './routes/public/handover.tsx';
import { financeClaims } from './routes/finance/claims.tsx';
import { financeRefunds } from './routes/finance/refunds.tsx';
import { reconciliation } from './routes/finance/reconciliation.tsx';
import { financeSettings } from './routes/finance/settings.tsx';
import { health } from './routes/machines/health.ts';
import { help } from './routes/public/help.tsx';
import { histories } from './routes/desk/histories.ts';
import { icd } from './routes/desk/icd.ts';
import { inPersonVisits } from './routes/desk/in-person-visits.tsx';
import { lettersIn } from './routes/finance/letters.tsx';
import { mailIn } from './routes/machines/mail-in.ts';
import { meeting } from './routes/room/meeting.tsx';
import { notices } from './routes/machines/notices.ts';
import { patterns } from './routes/public/patterns.tsx';
import { passport } from './routes/room/passport.tsx';
import { payment } from './routes/patient/payment.tsx';
import { protocols } from './routes/desk/protocols.tsx';
import { questionnaires } from './routes/patient/questionnaires.tsx';
import { reschedules } from './routes/patient/reschedules.tsx';
import { roomFiles } from './routes/room/room-files.ts';
import { roomHandover } from './routes/room/room-handover.tsx';
import { room } from './routes/room/room.ts';
import { signIn } from './routes/public/sign-in.tsx';
import { signatures } from './routes/desk/signatures.tsx';
import { verify } from './routes/public/verify.tsx';
import { deskConfirmations } from './routes/desk/visit-confirmations.tsx';
import { visitConfirmations } from './routes/patient/visit-confirmations.tsx';
import { visit } from './routes/desk/visit.ts';

export interface Surroundings {
  readonly worldOf: (env: Bindings) => World;
  readonly now: () => number;
}

/** The whole product as one fetch handler. The world and the clock are arguments, so that tests can set them. */
export function cabinet({ worldOf, now }: Surroundings): Hono<HonoEnv> {
  const app = new Hono<HonoEnv>();

  app.route('/', health); //         /healthz · /readyz
  app.use(async (c, next) => {
    c.set('world', worldOf(c.env));
    c.set('db', databaseOf(c.env));
    c.set('now', now());
    c.set('nonce', base64url(crypto.getRandomValues(new Uint8Array(16))));
    await next();
  });
  app.use(headers);
  app.use(sizes(tooLarge));
  app.use(rates(tooMany));
  app.use(ownForms(foreign));
  app.use(language);

  app.route('/', entry); //          /
  app.route('/', signIn); //         /sign-in · /sign-in/gosuslugi (+ /return) · /sign-in/code · /sign-out
  app.route('/', consents); //       /consents · /consents/:id · /consents/withdraw
  app.route('/', doctors); //        /online · /doctors/:id · /doctors/:id/slots/:startsAt
  app.route('/', appointments); //   /appointments · /appointments/history
  app.route('/', addresses); //      /appointments/address
  app.route('/', payment); //        /consultations/:id/payment
  app.route('/', consultations); //  /consultations · /consultations/:id (.ics) · …/talon · …/cancellation
  app.route('/', reschedules); //    /consultations/:id/reschedule
  app.route('/', delays); //         /consultations/:id/delay
  app.route('/', claimForms); //     /consultations/:id/refund-claim · /refund-claims/:id/form
  app.route('/', claims); //         /refund-claims/:id · …/application.pdf · …/signature · …/withdrawal
  app.route('/', claimFiles); //     /refund-claims/:id/files · …/files/:fileId
  app.route('/', visitConfirmations); // /consultations/:id/took-place
  app.route('/', questionnaires); // /consultations/:id/questionnaire
  app.route('/', meeting); //        /consultations/:id/room · /desk/consultations/:id
  app.route('/', passport); //       /consultations/:id/passport
  app.route('/', room); //           /consultations/:id/room/pass · …/socket · …/check
  app.route('/', check); //          /check (+ /pass) · /consultations/:id/check
  app.route('/', roomHandover); //   /consultations/:id/room/handover
  app.route('/', handover); //       /handover
  app.route('/', roomFiles); //      /consultations/:id/room/files · …/files/:fileId
  app.route('/', card); //           /card · /card/access · /desk/consultations/:id/card
  app.route('/', cardProtocols); //  /card/protocols/:id (.pdf) · …/pdf · /consultations/:id/protocol
  app.route('/', cardFiles); //      /card/files · /card/files/:id · …/removal
  app.route('/', cardArchive); //    /card/archive
  app.route('/', help); //           /help · /help/:step
  app.route('/', verify); //         /verify · /verify/:code
  app.route('/', desk); //           /desk · /desk/today
  app.route('/', visit); //          /desk/consultations/:id/conclusion · …/late
  app.route('/', deskConfirmations); // /desk/consultations/:id/took-place
  app.route('/', protocols); //      /desk/consultations/:id/protocol · …/amendment · …/draft · …/restore · …/template · …/preview
  app.route('/', signatures); //     POST /desk/consultations/:id/protocol · …/amendment
  app.route('/', inPersonVisits); // /desk/consultations/:id/in-person-visit
  app.route('/', lettersIn); //      /finance/letters · /finance/letters/:id (+ /whole · /attachment · /settlement)
  app.route('/', icd); //            /desk/icd
  app.route('/', financeClaims); // /finance/claims · /finance/claims/:id (+ /decision · /second · /question · /account · /files/:fileId · /application.pdf · /dossier.pdf)
  app.route('/', financeRefunds); // /finance/refunds/:id (+ /again · /by-hand · /review)
  app.route('/', financeSettings); // /finance/settings
  app.route('/', reconciliation); // /finance/reconciliation (.csv · /run · /:id/stop) · /finance/differences/:id
  app.route('/', histories); //      /desk/histories, for the host's codec
  app.route('/', patterns); //       /_patterns, on the stand only
  app.route('/', notices); //        /notices/yookassa · /notices/resend
  app.route('/', mailIn); //         /mail/in, for a poller of a mailbox
  app.route('/', calls); //          /calls/*, between partytracks and Cloudflare Calls
  app.route('/', activities); //     /activities/:name

  app.notFound(notFound);
  app.onError(broken);
  return app;
}

/** One per consultation, and one per person who checks the connection; wrangler.toml binds it. */
export { Room } from './rooms/room.ts';

const product = cabinet({ worldOf, now: Date.now });

export default {
  fetch: product.fetch,
  async scheduled(_event, env) {
    const [db, world, now] = [databaseOf(env), worldOf(env), Date.now()];
    const works = [
      () => deliver(db, world, null),
      () => askAboutOpen({ db, world, now }),
      () => sweep(db, now),
      () => sweepFiles(db, env.FILES, now),
      () => endLateLetters(db, now),
      () => sendUnsent({ db, world, now }),
      () => sendAgain({ db, world, now }),
      () => judgeLetters({ db, world, now, files: env.FILES }, null),
      () => sendAnswers({ db, world, now }, null),
      () => nameLetters({ db, world, now }),
      () => closeGap({ db, world, now, files: env.FILES }),
      () => settleUngranted({ db, world, now }),
      () => openClaims({ db, world, now }),
      () => lookAfterClaims({ db, world, now }),
      () => settleRefunds({ db, world, now }, null),
      () => settleReceipts({ db, world, now }),
      () => reconcileDue({ db, world, now }),
      // What the works above have written.
      () => deliver(db, world, null),
    ];
    await each(works, work => work());
  },
  async email(message, env, context) {
    const ports = { db: databaseOf(env), world: worldOf(env), now: Date.now(), files: env.FILES };
    await takeEmail(ports, message, work => context.waitUntil(work));
  },
} satisfies ExportedHandler<Bindings>;
