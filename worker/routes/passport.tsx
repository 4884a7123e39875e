// «Запись звонка»: the passport of a call for the two who met in it, and for finance, support and the owner; to anybody else there is none.
import { Hono } from 'hono';
import { PassportPage } from '../../views/index.ts';
import type { PassportView } from '../../views/passport/passport-view.ts';
import { doorOf } from '../../workflows/rules/admission.ts';
import { attributed, passportEndOf, passportOf, passportPhaseOf } from '../../workflows/rules/passport.ts';
import { statusOf } from '../../workflows/rules/status.ts';
import { idOf } from '../address.ts';
import { rolesFor } from '../auth/may.tsx';
import type { Answers } from '../data/ask.ts';
import type { ClinicSettings } from '../data/clinic.ts';
import { type PassportOwner, passportReads } from '../data/passports.ts';
import type { Edge } from '../edge.ts';
import { drawn, see, stranger, toSignIn } from '../page.tsx';

export const passport = new Hono<Edge>().get('/consultations/:id/passport', async c => {
  const seen = await see(c, asker => passportReads(asker, idOf(c), rolesFor('passport')));
  if (!seen.viewer) return toSignIn(c);
  const { owner, ...traces } = seen.data;
  if (!owner) return stranger(c, seen);
  return drawn(c, <PassportPage frame={seen.frame} view={viewOf(owner, traces, seen.clinic, c.var.now)} />);
});

type Traces = Omit<Answers<ReturnType<typeof passportReads>>, 'owner' | 'journal'>;

function viewOf({ story, patient, reader }: PassportOwner, traces: Traces, clinic: ClinicSettings, now: number): PassportView {
  const { facts } = story;
  const { stays, faults, minutes, ...rest } = traces;
  const until = passportEndOf(facts, now);
  const visit = { startsAt: facts.startsAt, endsAt: facts.endsAt, joinFrom: doorOf(facts.startsAt, clinic).joinFrom };
  return {
    ...rest,
    consultationId: story.id,
    reader,
    doctor: story.doctor,
    patientName: `${patient.givenName} ${patient.familyName}`,
    facts,
    status: statusOf(facts, now),
    phase: passportPhaseOf(facts, stays.length > 0, now),
    until,
    passport: passportOf(visit, stays, faults, until),
    stays,
    faults: attributed(faults),
    lines: {
      patient: minutes.filter(minute => minute.personId === story.patientId),
      doctor: minutes.filter(minute => minute.personId !== story.patientId),
    },
  };
}
