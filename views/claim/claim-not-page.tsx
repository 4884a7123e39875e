// The form's address when no application is needed: why not, in a sentence, and the way back.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { dateOf, plainDay } from '../format.ts';
import { wordsOf } from '../words.ts';
import type { NotOffered } from '../../workflows/rules/claim-offer.ts';

export interface ClaimNotPageProps {
  readonly frame: Frame;
  readonly consultationId: string;
  readonly startsAt: number;
  readonly why: NotOffered;
}

export function ClaimNotPage({ frame, consultationId, startsAt, why }: ClaimNotPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.claim;
  return (
    <Layout frame={frame} title={w.title} current="appointments">
      <div>
        <Crumb href={`/consultations/${consultationId}`}>{w.back(plainDay(dateOf(startsAt, frame.clinic.zone), frame.lang))}</Crumb>
        <h1>{w.notHeading}</h1>
      </div>
      <p class="lead">{w.notOffered[why]}</p>
      <div class="acts">
        {why === 'ahead' && (
          <a class="button" href={`/consultations/${consultationId}/cancellation`}>
            {words.reschedule.cancel}
          </a>
        )}
        <a class="button quiet" href={`/consultations/${consultationId}`}>
          {words.reschedule.toConsultation}
        </a>
      </div>
    </Layout>
  );
}
