// The doctor's protocol: writing it, signing it, amending it. Only the doctor of the consultation has these addresses.
import { type Context, Hono } from 'hono';
import { EditorPage, PreviewPage, SignedPage } from '../../views/index.ts';
import type { Answered, EditorView, SignedProtocol } from '../../views/model.ts';
import { differing, flawsOf, maySign, mayWrite, tidied } from '../../workflows/rules/protocol-draft.ts';
import { guardOf, TEXT_FIELDS } from '../../workflows/rules/protocol.ts';
import { idOf } from '../address.ts';
import { ask } from '../data/ask.ts';
import { icdCodeRead } from '../data/icd.ts';
import { type Meeting, meetingRead } from '../data/meetings.ts';
import { saveDraft, savesDraft, type SaveResult, saveRead, type Saving } from '../data/protocol-drafts.ts';
import { type SignResult, signProtocol } from '../data/protocols.ts';
import { keepTemplate } from '../data/templates.ts';
import type { SessionViewer } from '../data/viewer.ts';
import type { Edge } from '../edge.ts';
import { editorOf, editorReads, visitOf } from '../editors.ts';
import { formOf, jsonOf } from '../form.ts';
import { deliverSoon } from '../outbox.ts';
import { drawn, goTo, see, stranger, toSignIn } from '../page.tsx';
import { dateIn } from '../zone.ts';
import { isTooLarge, type Typed, typedIn, typedOf } from '../protocol-form.ts';

type C = Context<Edge>;

export const protocols = new Hono<Edge>()
  .get('/desk/consultations/:id/protocol', async c => {
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    if (own.signed.length === 0) return drawn(c, <EditorPage frame={own.seen.frame} view={own.view} refused={null} />);
    const asked = Number(c.req.query('version') ?? own.signed.length);
    return signedPage(c, own, asked, null) ?? stranger(c, own.seen);
  })

  .get('/desk/consultations/:id/protocol/amendment', async c => {
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    if (own.signed.length === 0) return goTo(c, pathOf(own));
    return drawn(c, <EditorPage frame={own.seen.frame} view={own.view} refused={null} />);
  })

  .post('/desk/consultations/:id/protocol/draft', async c => {
    const isJson = c.req.header('content-type')?.startsWith('application/json') ?? false;
    const typed = isJson ? typedIn(await jsonOf(c)) : typedOf(await formOf(c));
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    if (typed === null) return c.json({ kind: 'malformed' }, 422);
    if (isTooLarge(typed)) return isJson ? c.json({ kind: 'tooLarge' }, 413) : refusedPage(c, own, typed, 'tooLarge', 413);
    const saved = await saveDraft(c.env.DB, savingOf(own, typed), c.var.now);
    return isJson ? savedJson(c, saved) : savedPage(c, own, typed, saved);
  })

  .post('/desk/consultations/:id/protocol/restore', async c => {
    const form = await formOf(c);
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    const typed = typedOf(form);
    const { past } = await ask(c.env.DB, { past: saveRead(own.seen.asker, own.meeting.story.id, Number(form.get('restore')) || 0) });
    if (past === null) return stranger(c, own.seen);
    if (isTooLarge(typed)) return refusedPage(c, own, typed, 'tooLarge', 413);
    // What stands in the fields is kept first, then the earlier text follows it as a version of its own.
    const saving = savingOf(own, typed);
    const restoring: Saving = { ...saving, base: saving.base + 1, draft: past.draft };
    const saved = await saveDraft(c.env.DB, saving, c.var.now, [savesDraft(restoring, c.var.now)]);
    if (!wantsJson(c)) return savedPage(c, own, typed, saved);
    if (saved.kind !== 'saved') return savedJson(c, saved);
    return c.json({ version: restoring.base + 1, at: c.var.now, draft: past.draft }, 201);
  })

  .post('/desk/consultations/:id/protocol/template', async c => {
    const form = await formOf(c);
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    const typed = typedOf(form);
    const name = (form.get('templateName') ?? '').trim().slice(0, 80);
    const texts = TEXT_FIELDS.filter(field => field !== 'prescriptions').map(field => [field, typed.draft.content[field].trim()]);
    const body = Object.fromEntries(texts.filter(([, text]) => text !== ''));
    const isKept = name !== '' && Object.keys(body).length > 0 && !isTooLarge(typed);
    const { doctor } = own.meeting.story;
    if (isKept) await keepTemplate(c.env.DB, { doctorId: doctor.id, ...whoOf(own), name, body }, c.var.now);
    if (wantsJson(c)) return c.json({ kind: isKept ? 'kept' : 'empty' }, isKept ? 201 : 422);
    return savedPage(c, own, typed, await saveDraft(c.env.DB, savingOf(own, typed), c.var.now));
  })

  .post('/desk/consultations/:id/protocol/preview', async c => {
    const typed = typedOf(await formOf(c));
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    const { content, reason } = typed.draft;
    const isLocked = own.view.guard.kind === 'locked';
    const props = { isLocked, content, questionnaire: questionnaireOf(own.view.answered), reason: own.view.round > 1 ? reason : null };
    return drawn(c, <PreviewPage frame={own.seen.frame} visit={own.view.visit} {...props} />);
  })

  .post('/desk/consultations/:id/protocol', async c => sign(c, 'first'))
  .post('/desk/consultations/:id/protocol/amendment', async c => sign(c, 'amendment'));

type Own = Extract<Awaited<ReturnType<typeof seeOwn>>, { kind: 'own' }>;

/** Everything of the doctor's own protocol in one round trip; or the answer to anybody else. */
async function seeOwn(c: C) {
  const id = idOf(c);
  const seen = await see(c, asker => ({ meeting: meetingRead(asker, id), ...editorReads(asker, id) }));
  if (!seen.viewer) return { kind: 'refused', answer: wantsJson(c) ? c.json({ kind: 'signIn' }, 401) : toSignIn(c) } as const;
  const { meeting, ...facts } = seen.data;
  if (meeting?.role !== 'doctor') return { kind: 'refused', answer: stranger(c, seen) } as const;
  // A visit that has no protocol shows on its own page what became of it.
  if (!mayWrite(meeting.story.facts)) return { kind: 'refused', answer: goTo(c, `/desk/consultations/${id}`) } as const;
  const view = editorOf(meeting, facts, seen.clinic.zone);
  return { kind: 'own', seen, viewer: seen.viewer, meeting, signed: facts.signed, view } as const;
}

const wantsJson = (c: C): boolean => c.req.header('accept')?.includes('application/json') ?? false;

const pathOf = ({ meeting, view }: { readonly meeting: Meeting; readonly view: EditorView }): string =>
  `/desk/consultations/${meeting.story.id}/protocol${view.round > 1 ? '/amendment' : ''}`;

const whoOf = ({ viewer }: { readonly viewer: SessionViewer }) => ({ personId: viewer.id, sessionId: viewer.sessionId });

const savingOf = ({ meeting, viewer }: Own, { round, version, draft }: Typed): Saving => ({
  consultationId: meeting.story.id,
  personId: viewer.id,
  round: Math.max(1, round),
  base: version,
  draft,
});

function savedJson(c: C, saved: SaveResult): Response {
  if (saved.kind === 'saved') return c.json({ version: saved.version, at: c.var.now }, 201);
  if (saved.kind !== 'stale') return c.json({ kind: saved.kind }, 409);
  return c.json({ kind: 'stale', ...saved.standing }, 409);
}

function savedPage(c: C, own: Own, typed: Typed, saved: SaveResult): Response {
  switch (saved.kind) {
    case 'saved':
      return goTo(c, pathOf(own));
    case 'stale':
      return stalePage(c, own, typed, saved.standing);
    case 'alreadySigned':
      return signedPage(c, own, own.signed.length, typed) ?? goTo(c, pathOf(own));
    case 'notTheDoctor':
      return stranger(c, own.seen);
  }
}

/** The text that was typed stays in the fields, the other tab's beside it; pressing once more saves upon that one. */
function stalePage(c: C, { seen, view }: Own, typed: Typed, standing: Extract<SaveResult, { kind: 'stale' }>['standing']): Response {
  const clash = { draft: standing.draft, at: standing.at };
  const shown = { ...view, draft: typed.draft, version: standing.version, savedAt: standing.at, clash };
  return drawn(c, <EditorPage frame={seen.frame} view={shown} refused={null} />, 409);
}

const refusedPage = (c: C, { seen, view }: Own, typed: Typed, refused: 'notConcluded' | 'tooLarge', status: 409 | 413): Response =>
  drawn(c, <EditorPage frame={seen.frame} view={{ ...view, draft: typed.draft }} refused={refused} />, status);

/** One version as its doctor reads it; null when there is no such one. `typed` is a text that came too late. */
function signedPage(c: C, own: Own, version: number, typed: Typed | null): Response | null {
  const shown = own.signed.find(one => one.version === version);
  if (shown === undefined) return null;
  const isAmending = own.view.version > 0;
  const known = own.view.records.filter(({ enteredAt }) => enteredAt <= shown.signedAt);
  const isLocked = guardOf(known, dateIn(own.seen.clinic.zone, own.meeting.story.facts.startsAt)).kind === 'locked';
  const props = { isLocked, visit: visitOf(own.meeting), versions: own.signed, shown, isAmending, late: typed?.draft ?? null };
  return drawn(c, <SignedPage frame={own.seen.frame} {...props} />, typed === null ? 200 : 409);
}

async function sign(c: C, which: 'first' | 'amendment'): Promise<Response> {
  const typed = typedOf(await formOf(c));
  const own = await seeOwn(c);
  if (own.kind === 'refused') return own.answer;
  const round = Math.max(1, typed.round);
  if ((which === 'first') !== (round === 1) || round > own.view.round) return goTo(c, pathOf(own));
  if (round < own.view.round) return repeated(c, own, typed, round);
  if (isTooLarge(typed)) return refusedPage(c, own, typed, 'tooLarge', 413);
  if (!maySign(own.meeting.story.facts)) return await notYet(c, own, typed);
  const { code } = await ask(c.env.DB, { code: icdCodeRead(typed.draft.content.diagnosis?.code ?? '') });
  const diagnosis = code ?? typed.draft.content.diagnosis;
  const draft = { content: { ...typed.draft.content, diagnosis }, reason: typed.draft.reason };
  const flaws = flawsOf(draft, { guard: own.view.guard, round, isListed: code !== null });
  if (flaws.length > 0) return await flawed(c, own, typed, flaws);
  const signing = { ...savingOf(own, { ...typed, draft }), doctorId: own.meeting.story.doctor.id, ...whoOf(own) };
  const amendsId = own.signed.at(-1)?.id ?? null;
  const questionnaire = questionnaireOf(own.view.answered);
  return answered(c, own, typed, await signProtocol(c.env.DB, { ...signing, questionnaire, amendsId }, c.var.now));
}

function answered(c: C, own: Own, typed: Typed, done: SignResult): Response | Promise<Response> {
  const { id } = own.meeting.story;
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

/** The same click again leads to what was signed; a different text is shown beside it, so that nothing of it is lost. */
async function repeated(c: C, own: Own, typed: Typed, round: number, isSame?: boolean): Promise<Response> {
  const again = own.signed.length >= round ? own : await seeOwn(c);
  if (again.kind === 'refused') return again.answer;
  const standing = again.signed.find(one => one.version === round);
  if (standing === undefined) return stranger(c, own.seen);
  const signed = { content: standing.content, reason: standing.reason ?? '' };
  if (isSame ?? differing({ ...typed.draft, content: tidied(typed.draft.content) }, signed).length === 0)
    return goTo(c, `/desk/consultations/${own.meeting.story.id}/protocol`);
  return signedPage(c, again, round, typed) ?? stranger(c, own.seen);
}

/** The text is saved all the same; it is refused only as a signature. */
async function flawed(c: C, own: Own, typed: Typed, flaws: EditorView['flaws']): Promise<Response> {
  const saved = await saveDraft(c.env.DB, savingOf(own, typed), c.var.now);
  if (saved.kind !== 'saved') return savedPage(c, own, typed, saved);
  const view = { ...own.view, draft: typed.draft, version: saved.version, savedAt: c.var.now, flaws };
  return drawn(c, <EditorPage frame={own.seen.frame} view={view} refused={null} />, 422);
}

async function notYet(c: C, own: Own, typed: Typed): Promise<Response> {
  const saved = await saveDraft(c.env.DB, savingOf(own, typed), c.var.now);
  if (saved.kind !== 'saved') return savedPage(c, own, typed, saved);
  const view = { ...own.view, version: saved.version, savedAt: c.var.now };
  return refusedPage(c, { ...own, view }, typed, 'notConcluded', 409);
}

/** Questions in Russian, because the document is. */
const questionnaireOf = (given: Answered | null): SignedProtocol['questionnaire'] =>
  (given?.answers ?? []).filter(({ answer }) => answer !== '').map(({ ru, answer }) => ({ question: ru, answer }));
