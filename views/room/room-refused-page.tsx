// The room to which nobody may come in now: why, from when, and the way back. A visit that was ended has its own page, EndedPage.
import type { Admission, Side } from '../../workflows/rules/admission.ts';
import { clinicClockOf, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Phone } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

export interface RoomRefusedPageProps {
  readonly frame: Frame;
  readonly role: Side;
  readonly consultationId: string;
  readonly admission: Extract<Admission, { kind: 'early' | 'over' }>;
  /** It was given up because the doctor was late. */
  readonly isDoctorLate: boolean;
}

export function RoomRefusedPage({ frame, role, consultationId, admission, isDoctorLate }: RoomRefusedPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.room;
  const { heading, text } = isDoctorLate ? w.refused.doctorLate[role] : whyOf(frame, admission);
  const isDoctor = role === 'doctor';
  const isUnpaid = admission.kind === 'over' && admission.why === 'notPaid';
  return (
    <Layout frame={frame} title={heading} current={isDoctor ? 'desk' : 'appointments'} staff={isDoctor}>
      <h1>{w.callTitle}</h1>
      <Empty heading={heading}>
        <p>{text}</p>
        <p class="small">
          {words.frame.reception} <Phone frame={frame} />
        </p>
        <a class="button" href={isDoctor ? '/desk' : `/consultations/${consultationId}`}>
          {isDoctor ? w.toDesk : isUnpaid ? w.toPayment : words.appointments.details}
        </a>
      </Empty>
    </Layout>
  );
}

function whyOf(frame: Frame, admission: RoomRefusedPageProps['admission']): { readonly heading: string; readonly text: string } {
  const w = wordsOf(frame.lang).room.refused;
  if (admission.kind === 'over') return w[admission.why];
  return { heading: w.early, text: w.earlyText(momentOf(admission.waitingFrom, frame), clinicClockOf(admission.opensAt, frame)) };
}
