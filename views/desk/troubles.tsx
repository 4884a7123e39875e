// What the machinery could not do: a short list at the desk, with what each means and what to do. Without patients.
import { may } from '../../workflows/rules/may.ts';
import { momentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import type { Trouble } from '../../workflows/rules/trouble.ts';

export function Troubles({ frame, troubles }: { readonly frame: Frame; readonly troubles: readonly Trouble[] }) {
  if (troubles.length === 0) return null;
  const { staff: w, finance } = wordsOf(frame.lang);
  const mayRefund = may(frame.viewer?.roles ?? [], 'refunds');
  return (
    <section class="stack tight" aria-labelledby="troubles">
      <h2 id="troubles">{w.troublesTitle}</h2>
      <Notice tone="bad" icon="alert" text={w.troublesText}>
        <ul>
          {troubles.map(one => (
            <li>
              {doctorName(one.doctor, frame.lang)}, {momentOf(one.startsAt, frame)}: {w.troubles[one.kind]}{' '}
              <small>{w.troubleSince(momentOf(one.at, frame))}</small>
              {mayRefund && one.refundId !== null && (
                <>
                  {' '}
                  <a href={`/finance/refunds/${one.refundId}`}>{finance.refund}</a>
                </>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
