// What an application is about, as the clinic knows it: the visit, the payments, the contract.
import { documentDateOf, momentOf, rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { methodOf } from '../parts/method.ts';
import { doctorTitle } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import type { ClaimFormView } from './claim-view.ts';

export function ClaimFacts({ frame, view }: { readonly frame: Frame; readonly view: ClaimFormView }) {
  const w = wordsOf(frame.lang).claim;
  const { lang } = frame;
  return (
    <section class="card">
      <h2>{w.consultation}</h2>
      <dl class="facts">
        <div>
          <dt>{w.when}</dt>
          <dd>{momentOf(view.startsAt, frame)}</dd>
        </div>
        <div>
          <dt>{w.doctor}</dt>
          <dd>{doctorTitle(view.doctor, lang)}</dd>
        </div>
        <div>
          <dt>{w.paid}</dt>
          <dd>
            {view.paid.map(({ minor, method, receipt }, i) => (
              <>
                {i > 0 && <br />}
                {w.paidLine(rub(minor, lang), methodOf(method, lang) ?? '', receipt)}
              </>
            ))}
          </dd>
        </div>
        {view.offer !== null && (
          <div>
            <dt>{w.contract}</dt>
            <dd>{w.contractLine(view.offer.version, documentDateOf(view.offer.acceptedAt, frame.clinic.zone, lang))}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
