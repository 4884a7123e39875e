// The doctor's room, `.surgery`: the call in the dark half, the patient and «Завершить приём» in the light one.
import { ageOn, capital, dateOf, nearDayOf, rangeOf, zoneNameOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame, RoomView } from '../model.ts';
import { checkText } from '../parts/check-text.ts';
import { Crumb } from '../parts/crumb.tsx';
import { wordsOf } from '../words.ts';
import { Call } from './call.tsx';
import { Conclude } from './conclude.tsx';
import { Late } from './late.tsx';
import { RoomData, RoomScript } from './room-head.tsx';

export interface DoctorRoomPageProps {
  readonly frame: Frame;
  readonly view: RoomView;
}

export function DoctorRoomPage({ frame, view }: DoctorRoomPageProps) {
  const w = wordsOf(frame.lang).room;
  return (
    <Layout frame={frame} title={`${w.callTitle}: ${view.patientName}`} current="desk" staff bare head={<RoomScript frame={frame} />}>
      <main id="main" class="surgery" tabIndex={-1}>
        <section class="room" id="call" aria-label={w.callTitle}>
          <Call frame={frame} view={view} heading="h2" />
        </section>
        <section class="notes" aria-label={w.notes}>
          <Crumb href="/desk">{w.toDesk}</Crumb>
          <Brief frame={frame} view={view} />
          <Late frame={frame} view={view} />
          <Conclude frame={frame} view={view} />
        </section>
      </main>
      <RoomData frame={frame} view={view} />
    </Layout>
  );
}

function Brief({ frame, view }: DoctorRoomPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.room;
  const { zone } = frame.clinic;
  const age = view.patientBirthDate === null ? null : words.frame.years(ageOn(view.patientBirthDate, dateOf(frame.now, zone)));
  return (
    <div class="stack tight">
      <h1>{view.patientName}</h1>
      <dl class="facts">
        {age !== null && (
          <div>
            <dt>{w.born}</dt>
            <dd>{age}</dd>
          </div>
        )}
        <div>
          <dt>{w.visit}</dt>
          <dd>
            {nearDayOf(view.slot.startsAt, frame)}, {rangeOf(view.slot, zone)} ({zoneNameOf(view.slot.startsAt, zone, frame.lang)})
          </dd>
        </div>
        <div>
          <dt>{words.passport.checkTitle}</dt>
          <dd>
            {view.patientsCheck === null
              ? words.passport.noChecks.patient
              : capital(checkText(frame, view.patientsCheck, view.slot.startsAt))}
          </dd>
        </div>
      </dl>
      <p class="small muted">{w.notesLater}</p>
    </div>
  );
}
