// A protocol as a page and as a PDF, and the fragment that waits for the PDF. The patient, a guardian and the treating doctor use the same
// addresses; each opening and each download is a row of the access journal.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { PdfState, ProtocolPage } from '../../../views/index.ts';
import { guardAtSigning } from '../../../workflows/rules/protocol.ts';
import { PDF_WAIT_MS, pdfSeenOf } from '../../../views/card/pdf-state.tsx';
import { idOf } from '../../http/address.ts';
import { readingOf } from '../../card/card-owner.tsx';
import { paperRead, standingProtocolRead } from '../../data/card-protocols.ts';
import { cardReaderRead, journalled } from '../../data/card-reader.ts';
import { isId } from '../../data/ids.ts';
import { parameterOf } from '../../http/form.ts';
import type { HonoEnv } from '../../world.ts';
import { attachment } from '../../http/attachment.ts';
import { drawn, goTo, polled, see, seeViewer, stranger } from '../../http/page.tsx';
import { dateIn } from '../../booking/zone.ts';

const RETRY_S = 15;

export const cardProtocols = new Hono<HonoEnv>()
  .get('/card/protocols/:id{[0-9a-f-]{36}\\.pdf}', requires('signedIn'), async c => {
    const id = c.req.param('id').slice(0, -'.pdf'.length);
    const seen = await seePaper(c, isId(id) ? id : '', 'download');
    const reading = readingOf(c, seen, seen.data.reader);
    if (reading.kind === 'refused') return reading.answer;
    const { paper } = seen.data;
    if (paper === null) return stranger(c, seen);
    const kept = paper.pdfKey === null ? null : await c.env.FILES.get(paper.pdfKey);
    if (kept === null) {
      c.header('retry-after', String(RETRY_S));
      return drawn(c, <PdfState frame={seen.frame} protocolId={paper.id} pdf={null} until={c.var.now} />, 503);
    }
    const date = dateIn(seen.clinic.zone, paper.startsAt);
    return c.body(kept.body, 200, {
      'content-type': 'application/pdf',
      'content-length': String(kept.size),
      'content-disposition': attachment(`${date}-protokol.pdf`, `${date}-протокол.pdf`),
    });
  })

  .get('/card/protocols/:id', requires('signedIn'), async c => {
    const seen = await seePaper(c, idOf(c), 'protocol');
    const reading = readingOf(c, seen, seen.data.reader);
    if (reading.kind === 'refused') return reading.answer;
    const { paper } = seen.data;
    if (paper === null) return stranger(c, seen);
    const isLocked = guardAtSigning(paper.records, dateIn(seen.clinic.zone, paper.startsAt), paper.signedAt).kind === 'locked';
    const verifyAt = `${new URL(c.var.world.settings.PUBLIC_URL).host}/verify/${paper.verifyCode}`;
    return drawn(c, <ProtocolPage frame={seen.frame} owner={reading.owner} paper={{ ...paper, isLocked }} verifyAt={verifyAt} />);
  })

  // Not logged as an opening: it only shows whether the PDF is ready.
  .get('/card/protocols/:id/pdf', requires('signedIn'), async c => {
    const seen = await see(c, asker => ({
      reader: cardReaderRead(asker, { by: 'protocol', id: idOf(c) }),
      paper: paperRead(asker, idOf(c)),
    }));
    const reading = readingOf(c, seen, seen.data.reader);
    if (reading.kind === 'refused') return reading.answer;
    const { paper } = seen.data;
    if (paper === null) return stranger(c, seen);
    const until = Math.min(Number(parameterOf(c, 'until')) || 0, c.var.now + PDF_WAIT_MS);
    const seenNow = pdfSeenOf(paper.pdf, c.var.now >= until);
    return polled(c, seenNow, () => <PdfState frame={seen.frame} protocolId={paper.id} pdf={paper.pdf} until={until} />);
  })

  // For talons of the history, which know the consultation but not the protocol.
  .get('/consultations/:id/protocol', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ standing: standingProtocolRead(asker, idOf(c)) }));
    const { standing } = seen.data;
    if (standing === null) return stranger(c, seen);
    return goTo(c, standing.protocolId === null ? '/card' : `/card/protocols/${standing.protocolId}`);
  });

const seePaper = (c: Context<HonoEnv>, id: string, act: 'protocol' | 'download') =>
  see(c, asker => ({
    reader: cardReaderRead(asker, { by: 'protocol', id }),
    paper: paperRead(asker, id),
    journal: journalled(asker, { by: 'protocol', id }, { act, subjectId: id, folds: false }),
  }));
