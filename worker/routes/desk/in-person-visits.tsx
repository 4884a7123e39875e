// «Указать очный приём»: the doctor enters an in-person visit in this clinic, which permits a diagnosis and a prescription in the protocol.
import { Hono } from 'hono';
import { EditorPage, GuardedFields } from '../../../views/index.ts';
import { visitMistake } from '../../../workflows/rules/protocol-draft.ts';
import { guardOf } from '../../../workflows/rules/protocol.ts';
import { dateIn, isDate } from '../../booking/zone.ts';
import { ask } from '../../data/db.ts';
import { enterVisit, inPersonVisitsRead } from '../../data/in-person-visits.ts';
import { saveDraft } from '../../data/protocol-drafts.ts';
import { formOf } from '../../http/form.ts';
import { drawn, goTo, isFragment } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import { isTooLarge, typedOf } from '../../protocol/form.ts';
import { pathOf, savedPage, savingOf, seeOwn, whoOf } from '../../protocol/own-protocol.tsx';
import type { HonoEnv } from '../../world.ts';

export const inPersonVisits = new Hono<HonoEnv>().post('/desk/consultations/:id/in-person-visit', requires('desk'), async c => {
  const form = await formOf(c);
  const own = await seeOwn(c);
  if (own.kind === 'refused') return own.answer;
  const { seen, meeting, view } = own;
  const { consultation, patient } = meeting;
  const { zone } = seen.clinic;

  const typed = typedOf(form);
  const visitedOn = form.get('visitedOn') ?? '';
  const given = { today: dateIn(zone, c.var.now), birthDate: patient.birthDate };
  const mistake = isDate(visitedOn) ? visitMistake(visitedOn, given) : 'malformed';
  const asTyped = { ...view, draft: typed.draft, visitMistake: mistake };
  if (mistake !== null) {
    if (isFragment(c)) return drawn(c, <GuardedFields frame={seen.frame} view={asTyped} />, 422);
    return drawn(c, <EditorPage frame={seen.frame} view={asTyped} refused={null} />, 422);
  }
  const visit = { patientId: consultation.patientId, doctorId: consultation.doctor.id, visitedOn, ...whoOf(own) };
  await enterVisit(c.var.db, visit, c.var.now);
  const { records } = await ask(c.var.db, { records: inPersonVisitsRead(seen.asker, consultation.id) });
  const guard = guardOf(records, dateIn(zone, consultation.facts.startsAt));
  if (isFragment(c)) return drawn(c, <GuardedFields frame={seen.frame} view={{ ...asTyped, records, guard }} />);
  // The whole form was posted, so the typed text is saved too. When another tab has saved since, the page shows both texts.
  if (isTooLarge(typed)) return goTo(c, pathOf(own));
  const saved = await saveDraft(c.var.db, { ...savingOf(own, typed), round: view.round }, c.var.now);
  return savedPage(c, { ...own, view: { ...view, records, guard } }, typed, saved);
});
