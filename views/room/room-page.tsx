// The patient's «Онлайн-приём»: the waiting room and the call are one document, so that the camera opened in the first stays open in the
// second. The script shows one of them at a time; without script only the waiting room is shown, with a note that the call needs script.
import { Layout, titleOf } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { IslandScript, IslandSetup } from '../parts/island.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import { Call } from './call.tsx';
import { setupOf } from './setup.ts';
import { Waiting } from './waiting.tsx';

export interface RoomPageProps {
  readonly frame: Frame;
  readonly view: RoomView;
}

export function RoomPage({ frame, view }: RoomPageProps) {
  const w = wordsOf(frame.lang).room;
  const doctor = doctorName(view.doctor, frame.lang);
  const call = (
    <main id="call" class="room" tabIndex={-1} hidden data-title={titleOf(frame, `${w.callTitle}: ${doctor}`)}>
      <Call frame={frame} view={view} heading="h1" />
    </main>
  );
  const beside = (
    <>
      {call}
      <IslandSetup id="setup" setup={setupOf(frame, view)} />
    </>
  );
  return (
    <Layout
      frame={frame}
      title={`${w.waitingTitle}: ${doctor}`}
      current="appointments"
      head={<IslandScript frame={frame} name="room" />}
      beside={beside}
    >
      <Waiting frame={frame} view={view} />
    </Layout>
  );
}
