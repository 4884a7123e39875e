// The medical card before the first protocol: says what will stand here and when.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';

export interface CardPageProps {
  readonly frame: Frame;
}

export function CardPage({ frame }: CardPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.staff;
  return (
    <Layout frame={frame} title={w.cardTitle} current="card">
      <h1>{w.cardTitle}</h1>
      <Empty heading={w.cardEmpty}>
        <p>{w.cardEmptyText}</p>
        <a class="button quiet" href="/appointments">
          {words.payment.toAppointments}
        </a>
      </Empty>
    </Layout>
  );
}
