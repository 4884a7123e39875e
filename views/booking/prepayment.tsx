// What prepayment means, in three steps.
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export function Prepayment({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).booking;
  const steps = [
    [w.holdLead(frame.clinic.holdMinutes), w.hold],
    [w.firmLead, w.firm],
    [w.lateLead, w.late],
  ];
  return (
    <section class="card">
      <h2>{w.prepayment}</h2>
      <ol class="steps">
        {steps.map(([lead, text]) => (
          <li>
            <div>
              <b>{lead}</b>
              <p class="muted small">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
