// The sums that are returned on cancelling, as exact rows; the same table before the booking and before the cancellation.
import type { CancellationTerms } from '../../workflows/rules/cancellation.ts';
import { exactMomentOf, rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export function TermsTable({ frame, terms }: { readonly frame: Frame; readonly terms: CancellationTerms }) {
  const w = wordsOf(frame.lang).booking;
  const full = rub(terms.fullMinor, frame.lang);
  // After a booking at short notice the free period is already over, so its row would be about the past.
  const freeYet = frame.now < terms.freeUntil;
  return (
    <div class="sum">
      <table>
        <caption class="away">{w.sumCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{w.sumWhen}</th>
            <th scope="col">{w.sumBack}</th>
          </tr>
        </thead>
        <tbody>
          {freeYet && <Row what={w.before(exactMomentOf(terms.freeUntil, frame))} sum={full} />}
          <Row
            what={freeYet ? w.later : w.anyTime}
            note={w.kept(rub(terms.keptMinor, frame.lang))}
            sum={rub(terms.lateMinor, frame.lang)}
          />
          <Row what={w.clinicsFault} sum={full} />
        </tbody>
      </table>
    </div>
  );
}

function Row({ what, note, sum }: { readonly what: string; readonly note?: string; readonly sum: string }) {
  return (
    <tr>
      <td>
        {what}
        {note && (
          <>
            <br />
            <span class="small muted">{note}</span>
          </>
        )}
      </td>
      <td>
        <b class="nowrap">{sum}</b>
      </td>
    </tr>
  );
}
