// The payment provider does not answer: nothing was charged, the hold is intact, and the button tries again.
import { PayForm } from '../appointments/unpaid.tsx';
import { isPayable } from '../../workflows/rules/status.ts';
import { clinicClockOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';
import { Reference } from './broken-page.tsx';

export interface ProviderBrokenPageProps {
  readonly frame: Frame;
  readonly reference: string;
  readonly talon: TalonView;
}

export function ProviderBrokenPage({ frame, reference, talon }: ProviderBrokenPageProps) {
  const w = wordsOf(frame.lang).failures;
  const payable = isPayable(talon.facts, frame.now);
  return (
    <Layout frame={frame} title={w.provider.title} current="appointments" solo>
      <Empty heading={w.provider.title} top broken>
        <p>
          {w.provider.text} {payable && w.provider.left(clinicClockOf(talon.facts.expiresAt, frame))}
        </p>
        {payable && <PayForm frame={frame} talon={talon} />}
        <a class="button quiet" href="/appointments">
          {w.myAppointments}
        </a>
      </Empty>
      <Reference frame={frame} reference={reference} at={frame.now} />
    </Layout>
  );
}
