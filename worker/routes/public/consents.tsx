// Consents: each document is signed separately, can be read in full, and is withdrawn with its own button.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { ConsentPage, ConsentsPage, ForbiddenPage } from '../../../views/index.ts';
import { dateIn, isBirthDate } from '../../booking/zone.ts';
import { isId } from '../../data/ids.ts';
import { documentRead, documentsRead, signConsents, withdrawConsent } from '../../data/consents.ts';
import { keepBirthDate } from '../../data/people.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf, lineIn, parameterOf } from '../../http/form.ts';
import { drawn, goTo, localPath, nothing, see, seeViewer, stranger } from '../../http/page.tsx';

const DONE = ['saved', 'withdrawn'] as const;
const CAME = ['gosuslugi', 'code'] as const;

export const consents = new Hono<HonoEnv>()
  .get('/consents', requires('open'), async c => {
    const seen = await see(c, asker => ({ documents: documentsRead(asker) }));
    const next = localPath(parameterOf(c, 'next'));
    const cameBy = CAME.find(way => way === parameterOf(c, 'came')) ?? null;
    // The page shows who the person is, and a borrowed device is for one visit only.
    if (seen.viewer?.onlyVisit) return drawn(c, <ForbiddenPage frame={seen.frame} reason="onlyVisit" />, 403);
    if (seen.viewer && cameBy) {
      // After signing in: staff need no patient consents, and a patient who signed everything continues.
      if (!seen.viewer.roles.includes('patient')) return c.redirect(next ?? '/desk', 303);
      if (seen.viewer.missingConsents === 0) return c.redirect(next ?? '/', 303);
    }
    const done = DONE.find(d => d === parameterOf(c, 'done')) ?? null;
    return drawn(
      c,
      <ConsentsPage frame={seen.frame} documents={seen.data.documents} errors={[]} cameBy={cameBy} done={done} next={next} />,
    );
  })

  .post('/consents', requires('signedIn'), async c => {
    const form = await formOf(c);
    const seen = await seeViewer(c, asker => ({ documents: documentsRead(asker) }));
    const chosen = form.getAll('document').filter(id => seen.data.documents.some(d => d.id === id && d.signedAt === null));
    const next = localPath(form.get('next'));
    const signer = { personId: seen.viewer.id, sessionId: seen.viewer.sessionId, now: c.var.now };
    const birthDate = lineIn(form, 'birthDate');
    const isAsked = seen.viewer.birthDate === null;
    const errors = [
      ...(chosen.length === 0 && seen.viewer.missingConsents > 0 ? [{ field: 'document', error: 'noConsent' }] : []),
      ...(isAsked && !isBirthDate(birthDate, dateIn(seen.clinic.zone, c.var.now)) ? [{ field: 'birthDate', error: 'birthDate' }] : []),
    ];
    if (errors.length > 0) {
      const typed = { documents: seen.data.documents, errors, birthDate, next };
      return drawn(c, <ConsentsPage frame={seen.frame} {...typed} cameBy={null} done={null} />, 422);
    }
    if (isAsked) await keepBirthDate(c.var.db, signer, birthDate);
    await signConsents(c.var.db, signer, chosen);
    const left = seen.viewer.missingConsents - chosen.length;
    return goTo(c, left === 0 ? (next ?? '/online') : '/consents?done=saved');
  })

  .post('/consents/withdraw', requires('signedIn'), async c => {
    const id = (await formOf(c)).get('document') ?? '';
    const seen = await seeViewer(c, nothing);
    if (!isId(id)) return stranger(c, seen);
    await withdrawConsent(c.var.db, { personId: seen.viewer.id, sessionId: seen.viewer.sessionId, now: c.var.now }, id);
    return goTo(c, '/consents?done=withdrawn');
  })

  .get('/consents/:id', requires('open'), async c => {
    const id = c.req.param('id');
    const seen = await see(c, asker => ({ document: documentRead(asker, isId(id) ? id : '') }));
    return seen.data.document ? drawn(c, <ConsentPage frame={seen.frame} document={seen.data.document} />) : stranger(c, seen);
  });
