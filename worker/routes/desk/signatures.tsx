// The doctor signs a protocol, the first or an amendment; signing also publishes it.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { EditorPage } from '../../../views/index.ts';
import type { EditorView } from '../../../views/protocol/protocol-view.ts';
import { differing, flawsOf, maySign, tidied } from '../../../workflows/rules/protocol-draft.ts';
import { ask } from '../../data/db.ts';
import { icdCodeRead } from '../../data/icd.ts';
import { saveDraft } from '../../data/protocol-drafts.ts';
import { type SignResult, signProtocol } from '../../data/protocols.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf } from '../../http/form.ts';
import { deliverSoon } from '../../outbox.ts';
import {
  type Own,
  pathOf,
  questionnaireOf,
  refusedPage,
  savedPage,
  savingOf,
  seeOwn,
  signedPage,
  stalePage,
  whoOf,
} from '../../protocol/own-protocol.tsx';
import { drawn, goTo, stranger } from '../../http/page.tsx';
import { isTooLarge, type Typed, typedOf } from '../../protocol/form.ts';

type C = Context<HonoEnv>;

export const signatures = new Hono<HonoEnv>()
  .post('/desk/consultations/:id/protocol', requires('desk'), c => sign(c, 'first'))
  .post('/desk/consultations/:id/protocol/amendment', requires('desk'), c => sign(c, 'amendment'));

async function sign(c: C, which: 'first' | 'amendment'): Promise<Response> {
  const typed = typedOf(await formOf(c));
  const own = await seeOwn(c);
  if (own.kind === 'refused') return own.answer;
  const round = Math.max(1, typed.round);
  if ((which === 'first') !== (round === 1) || round > own.view.round) return goTo(c, pathOf(own));
  if (round < own.view.round) return repeated(c, own, typed, round);
  if (isTooLarge(typed)) return refusedPage(c, own, typed, 'tooLarge', 413);
  if (!maySign(own.meeting.consultation.facts)) return await notYet(c, own, typed);
  const { code } = await ask(c.var.db, { code: icdCodeRead(typed.draft.content.diagnosis?.code ?? '') });
  const diagnosis = code ?? typed.draft.content.diagnosis;
  const draft = { content: { ...typed.draft.content, diagnosis }, reason: typed.draft.reason };
  const flaws = flawsOf(draft, { guard: own.view.guard, round, isListed: code !== null });
  if (flaws.length > 0) return await flawed(c, own, typed, flaws);
  const { doctor, patientId } = own.meeting.consultation;
  const signing = { ...savingOf(own, { ...typed, draft }), doctorId: doctor.id, patientId, ...whoOf(own) };
  const amendsId = own.signed.at(-1)?.id ?? null;
  const questionnaire = questionnaireOf(own.view.answered);
  return answered(c, own, typed, await signProtocol(c.var.db, { ...signing, questionnaire, amendsId }, c.var.now));
}

function answered(c: C, own: Own, typed: Typed, done: SignResult): Response | Promise<Response> {
  const { id } = own.meeting.consultation;
  switch (done.kind) {
    case 'signed':
      deliverSoon(c, id);
      return goTo(c, `/desk/consultations/${id}/protocol`);
    case 'alreadySigned':
      return repeated(c, own, typed, Math.max(1, typed.round), done.isSame);
    case 'stale':
      return stalePage(c, own, typed, done.standing);
    case 'notConcluded':
      return notYet(c, own, typed);
    case 'notTheDoctor':
      return stranger(c, own.seen);
  }
}

/** A repeated click redirects to the signed version. A different text is shown beside it, so nothing is lost. */
async function repeated(c: C, own: Own, typed: Typed, round: number, isSame?: boolean): Promise<Response> {
  const again = own.signed.length >= round ? own : await seeOwn(c);
  if (again.kind === 'refused') return again.answer;
  const standing = again.signed.find(one => one.version === round);
  if (standing === undefined) return stranger(c, own.seen);
  const signed = { content: standing.content, reason: standing.reason ?? '' };
  if (isSame ?? differing({ ...typed.draft, content: tidied(typed.draft.content) }, signed).length === 0)
    return goTo(c, `/desk/consultations/${own.meeting.consultation.id}/protocol`);
  return signedPage(c, again, round, typed) ?? stranger(c, own.seen);
}

/** Saves the text, although it cannot be signed. */
async function flawed(c: C, own: Own, typed: Typed, flaws: EditorView['flaws']): Promise<Response> {
  const saved = await saveDraft(c.var.db, savingOf(own, typed), c.var.now);
  if (saved.kind !== 'saved') return savedPage(c, own, typed, saved);
  const view = { ...own.view, draft: typed.draft, version: saved.version, savedAt: c.var.now, flaws };
  return drawn(c, <EditorPage frame={own.seen.frame} view={view} refused={null} />, 422);
}

async function notYet(c: C, own: Own, typed: Typed): Promise<Response> {
  const saved = await saveDraft(c.var.db, savingOf(own, typed), c.var.now);
  if (saved.kind !== 'saved') return savedPage(c, own, typed, saved);
  const view = { ...own.view, version: saved.version, savedAt: c.var.now };
  return refusedPage(c, { ...own, view }, typed, 'notConcluded', 409);
}
