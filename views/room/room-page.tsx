// The patient's «Онлайн-приём»: the waiting room and the call are one document, so that the camera held in the first is not lost on the way to
// the second. The island shows one of them at a time; without script only the waiting room stands, and says that the call needs it.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import { Call } from './call.tsx';
import { RoomData, RoomScript } from './room-head.tsx';
import { Waiting } from './waiting.tsx';

export interface RoomPageProps {
  readonly frame: Frame;
  readonly view: RoomView;
}

export function RoomPage({ frame, view }: RoomPageProps) {
  const w = wordsOf(frame.lang).room;
  const call = (
    <main id="call" class="room" tabIndex={-1} hidden>
      <Call frame={frame} view={view} heading="h1" />
    </main>
  );
  const beside = (
    <>
      {call}
      <RoomData frame={frame} view={view} />
    </>
  );
  const title = `${w.waitingTitle}: ${doctorName(view.doctor, frame.lang)}`;
  return (
    <Layout frame={frame} title={title} current="appointments" head={<RoomScript frame={frame} />} beside={beside}>
      <Waiting frame={frame} view={view} />
    </Layout>
  );
}
