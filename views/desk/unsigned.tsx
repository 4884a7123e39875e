// Work that waits, of any day: at the top of the desk the doctor's own visits without an outcome and protocols without a signature; for the
// front desk those that wait too long, without patients.
import { momentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import type { Overdue, Unended, Unsigned } from '../../workflows/rules/unsigned.ts';
import type { Unmet } from '../../workflows/rules/visit-confirmation.ts';

const HOUR_MS = 3_600_000;

/** Whole hours since `at`; zero during the first hour. */
export const hoursSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / HOUR_MS));

export function UnendedList({ frame, unended }: { readonly frame: Frame; readonly unended: readonly Unended[] }) {
  const w = wordsOf(frame.lang).staff;
  return (
    <section class="stack tight" aria-labelledby="unended">
      <h2 id="unended">{w.unendedTitle}</h2>
      <ul class="list" role="list">
        {unended.map(one => (
          <li>
            <a class="go" href={`/desk/consultations/${one.consultationId}`}>
              <Icon name="clock" />
              <span>
                {one.patientName}, {momentOf(one.startsAt, frame)}
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
      </ul>
      <p class="small muted">{w.unendedText}</p>
    </section>
  );
}

export function UnsignedList({ frame, unsigned }: { readonly frame: Frame; readonly unsigned: readonly Unsigned[] }) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <section class="stack tight" aria-labelledby="unsigned">
      <h2 id="unsigned">{w.unsignedTitle}</h2>
      <ul class="list" role="list">
        {unsigned.map(one => (
          <li>
            <a class="go" href={`/desk/consultations/${one.consultationId}/protocol`}>
              <Icon name="doc" />
              <span>
                {w.unsignedRow(one.patientName, momentOf(one.startsAt, frame))}
                <small>{w.waits(hoursSince(one.concludedAt, frame.now))}</small>
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
      </ul>
      <p class="small muted">{w.unsignedText}</p>
    </section>
  );
}

export function UnmetList({ frame, unmet }: { readonly frame: Frame; readonly unmet: readonly Unmet[] }) {
  const w = wordsOf(frame.lang).confirmation;
  return (
    <section class="stack tight" aria-labelledby="unmet">
      <h2 id="unmet">{w.unmet}</h2>
      <ul class="list" role="list">
        {unmet.map(one => (
          <li>
            <a class="go" href={`/desk/consultations/${one.consultationId}/took-place`}>
              <Icon name="clock" />
              <span>
                {one.patientName}, {momentOf(one.startsAt, frame)}
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
      </ul>
      <p class="small muted">{w.unmetText}</p>
    </section>
  );
}

export function OverdueList({ frame, overdue }: { readonly frame: Frame; readonly overdue: readonly Overdue[] }) {
  const w = wordsOf(frame.lang).protocol;
  if (overdue.length === 0) return <p class="muted">{w.overdueNone}</p>;
  return (
    <section class="stack tight" aria-labelledby="overdue">
      <h2 id="overdue">{w.overdueTitle}</h2>
      <Notice tone="warn" icon="clock" text={w.overdueText}>
        <ul>
          {overdue.map(one => (
            <li>
              {doctorName(one.doctor, frame.lang)}, {momentOf(one.startsAt, frame)}:{' '}
              {w.waits(hoursSince(one.concludedAt, frame.now)).toLowerCase()}
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
