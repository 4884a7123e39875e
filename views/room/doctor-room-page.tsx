// The doctor's room, `.surgery`: the call in the dark half; the patient, the protocol and «Завершить приём» in the light one.
import { ageOn, capital, dateOf, nearDayOf, rangeOf, zoneNameOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { EditorView } from '../protocol/protocol-view.ts';
import type { RoomView } from './room-view.ts';
import { checkText } from '../parts/check-text.ts';
import { Crumb } from '../parts/crumb.tsx';
import { IslandScript, IslandSetup } from '../parts/island.tsx';
import { Answers } from '../protocol/answers.tsx';
import { Editor } from '../protocol/editor.tsx';
import { protocolSetupOf } from '../protocol/setup.ts';
import { wordsOf } from '../words.ts';
import { Call } from './call.tsx';
import { Conclude } from './conclude.tsx';
import { Late } from './late.tsx';
import { setupOf } from './setup.ts';

export interface DoctorRoomPageProps {
  readonly frame: Frame;
  readonly view: RoomView;
  readonly editor: EditorView;
}

export function DoctorRoomPage({ frame, view, editor }: DoctorRoomPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.room;
  const head = (
    <>
      <IslandScript frame={frame} name="room" />
      <IslandScript frame={frame} name="protocol" />
    </>
  );
  return (
    <Layout frame={frame} title={`${w.callTitle}: ${view.patientName}`} current="desk" staff bare head={head}>
      <main id="main" class="surgery" tabIndex={-1}>
        <section class="room" id="call" aria-label={w.callTitle}>
          <Call frame={frame} view={view} heading="h2" />
        </section>
        <section class="notes" aria-label={w.notes}>
          <Crumb href="/desk">{w.toDesk}</Crumb>
          <Brief frame={frame} view={view} />
          <Late frame={frame} view={view} />
          <Answers frame={frame} answered={editor.answered} />
          <h2>{words.protocol.notes}</h2>
          <Editor frame={frame} view={editor} isBeside />
          <Conclude frame={frame} view={view} />
        </section>
      </main>
      <IslandSetup id="setup" setup={setupOf(frame, view)} />
      <IslandSetup id="protocol-setup" setup={protocolSetupOf(frame, editor)} />
    </Layout>
  );
}

function Brief({ frame, view }: Pick<DoctorRoomPageProps, 'frame' | 'view'>) {
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
    </div>
  );
}
