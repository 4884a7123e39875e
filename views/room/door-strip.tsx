// The strip above every page of the patient while «Онлайн-приём» can be pressed, or while a call that was left still lasts. Called by
// layout.tsx.
import { clinicClockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import type { OpenDoor } from '../../workflows/rules/admission.ts';

export function DoorStrip({ frame, door }: { readonly frame: Frame; readonly door: OpenDoor }) {
  const w = wordsOf(frame.lang).room;
  const doctor = doctorName(door.doctor, frame.lang);
  const clock = clinicClockOf(door.startsAt, frame);
  const said = door.begun ? w.doorBegun(doctor) : door.doctorWaits ? w.doorWaits(doctor, clock) : w.doorOpen(doctor, clock);
  return (
    <a class="door" href={`/consultations/${door.consultationId}/room`}>
      <span>{said}</span>
      <b>
        <Icon name="video" />
        {door.begun ? w.doorBack : w.join}
      </b>
    </a>
  );
}
