// A doctor's own protocol: its data in one round trip, and the pages that answer a posted text. Called by worker/routes/desk/protocols.tsx
// and worker/routes/desk/signatures.tsx.
import type { Context } from 'hono';
import { EditorPage, SignedPage } from '../../views/index.ts';
import type { EditorView } from '../../views/protocol/protocol-view.ts';
import { mayWrite } from '../../workflows/rules/protocol-draft.ts';
import { guardAtSigning, type SignedProtocol } from '../../workflows/rules/protocol.ts';
import { idOf } from '../http/address.ts';
import { fromCardLook } from '../data/from-card.ts';
import { type Meeting, meetingRead } from '../data/meetings.ts';
import type { SaveResult, Saving } from '../data/protocol-drafts.ts';
import type { SessionViewer } from '../data/viewer.ts';
import type { HonoEnv } from '../world.ts';
import { editorOf, editorReads, visitOf } from './editor.ts';
import { drawn, goTo, seeViewer, stranger } from '../http/page.tsx';
import type { Typed } from './form.ts';
import { dateIn } from '../booking/zone.ts';
import type { Answered } from '../../workflows/rules/questionnaire.ts';

type C = Context<HonoEnv>;

export type Own = Extract<Awaited<ReturnType<typeof seeOwn>>, { kind: 'own' }>;

/** The data of the doctor's own protocol in one round trip; for anybody else the response 404. */
export async function seeOwn(c: C) {
  const id = idOf(c);
  const isLooking = c.req.method === 'GET';
  const seen = await seeViewer(c, asker => ({
    meeting: meetingRead(asker, id),
    ...editorReads(asker, id),
    ...(isLooking ? fromCardLook(asker, id) : {}),
  }));
  const { meeting, ...facts } = seen.data;
  if (meeting?.role !== 'doctor') return { kind: 'refused', answer: stranger(c, seen) } as const;
  // If the visit can have no protocol, its own page shows what happened.
  if (!mayWrite(meeting.consultation.facts)) return { kind: 'refused', answer: goTo(c, `/desk/consultations/${id}`) } as const;
  const view = editorOf(meeting, facts, seen.clinic.zone);
  return { kind: 'own', seen, viewer: seen.viewer, meeting, signed: facts.signed, view } as const;
}

export const pathOf = ({ meeting, view }: { readonly meeting: Meeting; readonly view: EditorView }): string =>
  `/desk/consultations/${meeting.consultation.id}/protocol${view.round > 1 ? '/amendment' : ''}`;

export const whoOf = ({ viewer }: { readonly viewer: SessionViewer }) => ({ personId: viewer.id, sessionId: viewer.sessionId });

export const savingOf = ({ meeting, viewer }: Own, { round, version, draft }: Typed): Saving => ({
  consultationId: meeting.consultation.id,
  personId: viewer.id,
  round: Math.max(1, round),
  base: version,
  draft,
});

export function savedJson(c: C, saved: SaveResult): Response {
  if (saved.kind === 'saved') return c.json({ version: saved.version, at: c.var.now }, 201);
  if (saved.kind !== 'stale') return c.json({ kind: saved.kind }, 409);
  return c.json({ kind: 'stale', ...saved.standing }, 409);
}

export function savedPage(c: C, own: Own, typed: Typed, saved: SaveResult): Response {
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

/** Shows the typed text in the fields and the other tab's text beside it; saving again is based on the other tab's save. */
export function stalePage(c: C, { seen, view }: Own, typed: Typed, standing: Extract<SaveResult, { kind: 'stale' }>['standing']): Response {
  const clash = { draft: standing.draft, at: standing.at };
  const shown = { ...view, draft: typed.draft, version: standing.version, savedAt: standing.at, clash };
  return drawn(c, <EditorPage frame={seen.frame} view={shown} refused={null} />, 409);
}

export const refusedPage = (c: C, { seen, view }: Own, typed: Typed, refused: 'notConcluded' | 'tooLarge', status: 409 | 413): Response =>
  drawn(c, <EditorPage frame={seen.frame} view={{ ...view, draft: typed.draft }} refused={refused} />, status);

/** One version as its doctor reads it; null when it does not exist. `typed` is a text that was posted after signing. */
export function signedPage(c: C, own: Own, version: number, typed: Typed | null): Response | null {
  const shown = own.signed.find(one => one.version === version);
  if (shown === undefined) return null;
  const isAmending = own.view.version > 0;
  const date = dateIn(own.seen.clinic.zone, own.meeting.consultation.facts.startsAt);
  const isLocked = guardAtSigning(own.view.records, date, shown.signedAt).kind === 'locked';
  const props = { isLocked, visit: visitOf(own.meeting), versions: own.signed, shown, isAmending, late: typed?.draft ?? null };
  return drawn(c, <SignedPage frame={own.seen.frame} {...props} />, typed === null ? 200 : 409);
}

/** Questions in Russian, because the document is Russian. */
export const questionnaireOf = (given: Answered | null): SignedProtocol['questionnaire'] =>
  (given?.answers ?? []).filter(({ answer }) => answer !== '').map(({ ru, answer }) => ({ question: ru, answer }));
