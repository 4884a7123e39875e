// Letters that wait for a person, for finance, support and the owner: the list, one letter as text, and what they do with it: attach it to a claim by its number,
// or settle it with a note. Each act carries a reason and is journalled.
import { type Context, Hono } from 'hono';
import { LetterInPage, type LetterMistake, LettersInPage } from '../../../views/index.ts';
import { claimNumberIn } from '../../../workflows/rules/letter-in.ts';
import { rolesFor } from '../../../workflows/rules/may.ts';
import { claimByNumber } from '../../data/claim-addressees.ts';
import {
  attachLetter,
  type LetterPage,
  letterInRead,
  letterTakenOut,
  queuedLettersRead,
  type Settled,
  settleLetter,
} from '../../data/letter-queue.ts';
import { idOf } from '../../http/address.ts';
import { attachment } from '../../http/attachment.ts';
import { formOf, lineIn } from '../../http/form.ts';
import { drawn, goTo, seeViewer, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { deliverSoon } from '../../outbox.ts';
import { claimWrites, partsOf, relationOf } from '../../letters-in/judge.ts';
import { letterPortsOf } from '../../letters-in/soon.ts';
import { openStored } from '../../letters-in/stored.ts';
import type { HonoEnv } from '../../world.ts';

type C = Context<HonoEnv>;
const ROLES = rolesFor('letters');
const NOTE = { least: 5, most: 1000 };

export const lettersIn = new Hono<HonoEnv>()
  .get('/finance/letters', requires('letters'), async c => {
    const { frame, data } = await seeViewer(c, asker => ({ letters: queuedLettersRead(asker, ROLES) }));
    return drawn(c, <LettersInPage frame={frame} letters={data.letters} />);
  })

  .get('/finance/letters/:id', requires('letters'), async c => {
    const { seen, letter } = await seeLetter(c);
    return letter ? drawn(c, <LetterInPage frame={seen.frame} letter={letter} />) : stranger(c, seen);
  })

  .get('/finance/letters/:id/whole', requires('letters'), async c => {
    const { seen, letter } = await seeLetter(c);
    if (!letter) return stranger(c, seen);
    const stored = await c.env.FILES.get(letter.key);
    if (!stored) throw new Error('A letter has a row and is not in R2.');
    await letterTakenOut(c.var.db, { letterId: letter.id, personId: seen.viewer.id, sessionId: seen.viewer.sessionId }, c.var.now);
    const name = `letter-${letter.id}.eml`;
    return c.body(stored.body, 200, { 'content-type': 'message/rfc822', 'content-disposition': attachment(name, name) });
  })

  .post('/finance/letters/:id/settlement', requires('letters'), async c => {
    const form = await formOf(c);
    const { seen, letter } = await seeLetter(c);
    if (!letter) return stranger(c, seen);
    const note = (form.get('note') ?? '').trim();
    const again = (mistake: LetterMistake, status: 409 | 422) =>
      drawn(c, <LetterInPage frame={seen.frame} letter={letter} typed={{ note, number: '' }} mistake={mistake} />, status);
    if (!isNote(note)) return again('note', 422);
    if (letter.settled !== null || letter.why === null) return again('settled', 409);
    const done = await settleLetter(
      c.var.db,
      { letterId: letter.id, personId: seen.viewer.id, sessionId: seen.viewer.sessionId, note },
      c.var.now,
    );
    return done === 'settled' ? goTo(c, '/finance/letters') : again('settled', 409);
  })

  .post('/finance/letters/:id/attachment', requires('letters'), async c => {
    const form = await formOf(c);
    const { seen, letter } = await seeLetter(c);
    if (!letter) return stranger(c, seen);
    const typed = { note: (form.get('note') ?? '').trim(), number: lineIn(form, 'number') };
    const again = (mistake: LetterMistake, status: 409 | 422) =>
      drawn(c, <LetterInPage frame={seen.frame} letter={letter} typed={typed} mistake={mistake} />, status);
    if (letter.settled !== null || letter.why === null || letter.number !== null) return again('settled', 409);
    const number = claimNumberIn(typed.number);
    if (number === null) return again('number', 422);
    if (!isNote(typed.note)) return again('note', 422);
    const done = await attached(c, letter, number, {
      letterId: letter.id,
      personId: seen.viewer.id,
      sessionId: seen.viewer.sessionId,
      note: typed.note,
    });
    if (done === 'noClaim') return again('number', 422);
    return done === 'settled' ? goTo(c, `/finance/letters/${letter.id}`) : again('settled', 409);
  });

async function seeLetter(c: C) {
  const seen = await seeViewer(c, asker => ({ letter: letterInRead(asker, ROLES, idOf(c)) }));
  return { seen, letter: seen.data.letter };
}

const isNote = (note: string): boolean => note.length >= NOTE.least && note.length <= NOTE.most;

/** The letter is opened again, so that its photographs become files of the claim as if it had found its way itself. It is not answered. */
async function attached(
  c: C,
  letter: LetterPage,
  number: string,
  settling: Parameters<typeof settleLetter>[1],
): Promise<Settled | 'noClaim'> {
  const claim = await claimByNumber(c.var.db, number);
  if (!claim) return 'noClaim';
  const ports = letterPortsOf(c);
  const open = await openStored(ports.files, letter);
  const writes = open === null ? [] : claimWrites(ports, letter.id, claim, letter.sender, await partsOf(ports, claim, open));
  const done = await attachLetter(c.var.db, settling, { claimId: claim.id, relation: relationOf(claim, letter.sender) }, writes, c.var.now);
  if (done === 'settled') deliverSoon(c, claim.consultationId);
  return done;
}
