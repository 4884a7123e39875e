// «Журнал связи»: the passport of a call, for its two participants and for finance, support and the owner; 404 for anybody else.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { PassportPage } from '../../../views/index.ts';
import type { PassportView } from '../../../views/passport/passport-view.ts';
import { attributed, passportEndOf, passportOf, passportPhaseOf } from '../../../workflows/rules/passport.ts';
import { statusOf } from '../../../workflows/rules/status.ts';
import { idOf } from '../../http/address.ts';
import { rolesFor } from '../../../workflows/rules/may.ts';
import type { Answers } from '../../data/db.ts';
import { type PassportOwner, passportReads } from '../../data/passports.ts';
import type { HonoEnv } from '../../world.ts';
import { drawn, seeViewer, stranger } from '../../http/page.tsx';
import { fullNameOf } from '../../../workflows/rules/person.ts';

export const passport = new Hono<HonoEnv>().get('/consultations/:id/passport', requires('signedIn'), async c => {
  const seen = await seeViewer(c, asker => passportReads(asker, idOf(c), rolesFor('passport')));
  const { owner, ...traces } = seen.data;
  if (!owner) return stranger(c, seen);
  return drawn(c, <PassportPage frame={seen.frame} view={viewOf(owner, traces, c.var.now)} />);
});

type Traces = Omit<Answers<ReturnType<typeof passportReads>>, 'owner' | 'journal'>;

function viewOf({ consultation, patient, reader }: PassportOwner, traces: Traces, now: number): PassportView {
  const { facts } = consultation;
  const { attendances, faults, minutes, ...rest } = traces;
  const until = passportEndOf(facts, now);
  return {
    ...rest,
    consultationId: consultation.id,
    reader,
    doctor: consultation.doctor,
    patientName: fullNameOf(patient),
    facts,
    status: statusOf(facts, now),
    phase: passportPhaseOf(facts, attendances.length > 0, now),
    until,
    passport: passportOf(facts, attendances, faults, until),
    attendances,
    faults: attributed(faults),
    lines: {
      patient: minutes.filter(minute => minute.personId === consultation.patientId),
      doctor: minutes.filter(minute => minute.personId !== consultation.patientId),
    },
  };
}
