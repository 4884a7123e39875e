// «Борис Примеров, терапевт · чт, 26 ноября, 14:30 (МСК)»: the line under a page's heading. Each side reads the other side's name.
import { momentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import type { VisitView } from '../room/room-view.ts';
import { doctorTitle } from './person.tsx';

export const visitLine = ({ role, doctor, patientName, startsAt }: VisitView, frame: Frame): string =>
  `${role === 'patient' ? doctorTitle(doctor, frame.lang) : patientName} · ${momentOf(startsAt, frame)}`;
