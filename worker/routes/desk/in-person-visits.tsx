// «Указать очный приём»: the doctor enters an in-person visit in this clinic, which permits a diagnosis and a prescription in the protocol.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { EditorPage, GuardedFields } from '../../../views/index.ts';
import { mayWrite, visitMistake } from '../../../workflows/rules/protocol-draft.ts';
import { guardOf } from '../../../workflows/rules/protocol.ts';
import { idOf } from '../../http/address.ts';
import { ask } from '../../data/db.ts';
import { enterVisit, inPersonVisitsRead } from '../../data/in-person-visits.ts';
import { meetingRead } from '../../data/meetings.ts';
import { saveDraft } from '../../data/protocol-drafts.ts';
import type { HonoEnv } from '../../world.ts';
import { editorOf, editorReads } from '../../protocol/editor.ts';
import { formOf } from '../../http/form.ts';
import { drawn, goTo, isFragment, seeViewer, stranger } from '../../http/page.tsx';
import { isTooLarge, typedOf } from '../../protocol/form.ts';
import { dateIn, isDate } from '../../booking/zone.ts';

export const inPersonVisits = new Hono<HonoEnv>().post('/desk/consultations/:id/in-person-visit', requires('desk'), async c => {
  const form = await formOf(c);
  const id = idOf(c);
  const seen = await seeViewer(c, asker => ({ meeting: meetingRead(asker, id), ...editorReads(asker, id) }));
  const { viewer, clinic } = seen;
  const { meeting, ...facts } = seen.data;
  if (meeting?.role !== 'doctor') return stranger(c, seen);
  const { consultation, patient } = meeting;
  if (!mayWrite(consultation.facts)) return goTo(c, `/desk/consultations/${id}`);

  const typed = typedOf(form);
  const visitedOn = form.get('visitedOn') ?? '';
  const given = { today: dateIn(clinic.zone, c.var.now), birthDate: patient.birthDate };
  const mistake = isDate(visitedOn) ? visitMistake(visitedOn, given) : 'malformed';
  const view = { ...editorOf(meeting, facts, clinic.zone), draft: typed.draft, visitMistake: mistake };
  if (mistake !== null) {
    if (isFragment(c)) return drawn(c, <GuardedFields frame={seen.frame} view={view} />, 422);
    return drawn(c, <EditorPage frame={seen.frame} view={view} refused={null} />, 422);
  }
  const who = { personId: viewer.id, sessionId: viewer.sessionId };
  await enterVisit(c.var.db, { patientId: consultation.patientId, doctorId: consultation.doctor.id, visitedOn, ...who }, c.var.now);
  if (isFragment(c)) {
    const { records } = await ask(c.var.db, { records: inPersonVisitsRead(seen.asker, id) });
    const guard = guardOf(records, dateIn(clinic.zone, consultation.facts.startsAt));
    return drawn(c, <GuardedFields frame={seen.frame} view={{ ...view, records, guard }} />);
  }
  // The whole form was posted, so the typed text is saved too, unless another tab has saved since.
  if (!isTooLarge(typed)) {
    const saving = { consultationId: id, personId: viewer.id, round: view.round, base: typed.version, draft: typed.draft };
    await saveDraft(c.var.db, saving, c.var.now);
  }
  return goTo(c, `/desk/consultations/${id}/protocol${view.round > 1 ? '/amendment' : ''}`);
});
