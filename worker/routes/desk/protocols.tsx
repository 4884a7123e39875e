// Writing a protocol: its pages, saves, earlier versions, own templates and the preview. Only the doctor of the consultation may use these
// addresses; signatures.tsx signs.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { EditorPage, PreviewPage } from '../../../views/index.ts';
import { TEXT_FIELDS } from '../../../workflows/rules/protocol.ts';
import { ask } from '../../data/db.ts';
import { saveDraft, savesDraft, saveRead, type Saving } from '../../data/protocol-drafts.ts';
import { keepTemplate } from '../../data/templates.ts';
import type { HonoEnv } from '../../world.ts';
import { countIn, formOf, jsonOf, parameterOf } from '../../http/form.ts';
import {
  pathOf,
  questionnaireOf,
  refusedPage,
  savedJson,
  savedPage,
  savingOf,
  seeOwn,
  signedPage,
  whoOf,
} from '../../protocol/own-protocol.tsx';
import { drawn, goTo, stranger, wantsJson } from '../../http/page.tsx';
import { isTooLarge, typedIn, typedOf } from '../../protocol/form.ts';

export const protocols = new Hono<HonoEnv>()
  .get('/desk/consultations/:id/protocol', requires('desk'), async c => {
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    if (own.signed.length === 0) return drawn(c, <EditorPage frame={own.seen.frame} view={own.view} refused={null} />);
    const asked = Number(parameterOf(c, 'version') ?? own.signed.length);
    return signedPage(c, own, asked, null) ?? stranger(c, own.seen);
  })

  .get('/desk/consultations/:id/protocol/amendment', requires('desk'), async c => {
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    if (own.signed.length === 0) return goTo(c, pathOf(own));
    return drawn(c, <EditorPage frame={own.seen.frame} view={own.view} refused={null} />);
  })

  .post('/desk/consultations/:id/protocol/draft', requires('desk'), async c => {
    const isJson = c.req.header('content-type')?.startsWith('application/json') ?? false;
    const typed = isJson ? typedIn(await jsonOf(c)) : typedOf(await formOf(c));
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    if (typed === null) return c.json({ kind: 'malformed' }, 422);
    if (isTooLarge(typed)) return isJson ? c.json({ kind: 'tooLarge' }, 413) : refusedPage(c, own, typed, 'tooLarge', 413);
    const saved = await saveDraft(c.var.db, savingOf(own, typed), c.var.now);
    return isJson ? savedJson(c, saved) : savedPage(c, own, typed, saved);
  })

  .post('/desk/consultations/:id/protocol/restore', requires('desk'), async c => {
    const form = await formOf(c);
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    const typed = typedOf(form);
    const { past } = await ask(c.var.db, { past: saveRead(own.seen.asker, own.meeting.consultation.id, countIn(form, 'restore') ?? 0) });
    if (past === null) return stranger(c, own.seen);
    if (isTooLarge(typed)) return refusedPage(c, own, typed, 'tooLarge', 413);
    // Saves the current fields first, then the earlier text as the next version.
    const saving = savingOf(own, typed);
    const restoring: Saving = { ...saving, base: saving.base + 1, draft: past.draft };
    const saved = await saveDraft(c.var.db, saving, c.var.now, [savesDraft(restoring, c.var.now)]);
    if (!wantsJson(c)) return savedPage(c, own, typed, saved);
    if (saved.kind !== 'saved') return savedJson(c, saved);
    return c.json({ version: restoring.base + 1, at: c.var.now, draft: past.draft }, 201);
  })

  .post('/desk/consultations/:id/protocol/template', requires('desk'), async c => {
    const form = await formOf(c);
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    const typed = typedOf(form);
    const name = (form.get('templateName') ?? '').trim().slice(0, 80);
    const texts = TEXT_FIELDS.filter(field => field !== 'prescriptions').map(field => [field, typed.draft.content[field].trim()]);
    const body = Object.fromEntries(texts.filter(([, text]) => text !== ''));
    const isKept = name !== '' && Object.keys(body).length > 0 && !isTooLarge(typed);
    const { doctor } = own.meeting.consultation;
    if (isKept) await keepTemplate(c.var.db, { doctorId: doctor.id, ...whoOf(own), name, body }, c.var.now);
    if (wantsJson(c)) return c.json({ kind: isKept ? 'kept' : 'empty' }, isKept ? 201 : 422);
    return savedPage(c, own, typed, await saveDraft(c.var.db, savingOf(own, typed), c.var.now));
  })

  .post('/desk/consultations/:id/protocol/preview', requires('desk'), async c => {
    const typed = typedOf(await formOf(c));
    const own = await seeOwn(c);
    if (own.kind === 'refused') return own.answer;
    const { content, reason } = typed.draft;
    const isLocked = own.view.guard.kind === 'locked';
    const props = { isLocked, content, questionnaire: questionnaireOf(own.view.answered), reason: own.view.round > 1 ? reason : null };
    return drawn(c, <PreviewPage frame={own.seen.frame} visit={own.view.visit} {...props} />);
  });
