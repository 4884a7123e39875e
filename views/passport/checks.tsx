// «Проверка связи до приёма»: the result of each side's last check, and the number of earlier ones.
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import { capital } from '../format.ts';
import type { Frame } from '../model.ts';
import { checkText } from '../parts/check-text.ts';
import { wordsOf } from '../words.ts';
import type { PassportView } from './passport-view.ts';

interface Props {
  readonly frame: Frame;
  readonly view: PassportView;
}

export function Checks({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  return (
    <section class="card" aria-labelledby="checks">
      <h2 id="checks">{w.checks}</h2>
      <dl class="facts">
        {SIDES.map(side => (
          <div>
            <dt>{w.sides[side]}</dt>
            <dd>{foundText(frame, view, side)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function foundText(frame: Frame, { checks, facts }: PassportView, side: Side): string {
  const w = wordsOf(frame.lang).passport;
  const [last, ...earlier] = checks.filter(check => check.side === side);
  if (!last) return w.noChecks[side];
  const text = capital(checkText(frame, last, facts.startsAt));
  return earlier.length === 0 ? text : `${text} (${w.earlierChecks(earlier.length)})`;
}
