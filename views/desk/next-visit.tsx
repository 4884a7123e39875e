// The visit that needs the doctor now or next: the patient, since when they wait, the result of their connection check, and the link to the
// room.
import { ageOn, capital, clockOf, dateOf } from '../format.ts';
import type { DeskRow } from './desk-view.ts';
import type { Frame } from '../model.ts';
import { checkText } from '../parts/check-text.ts';
import { toneOf } from '../parts/tag.tsx';
import { Icon } from '../parts/icon.tsx';
import { Person } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import { VisitTag } from './visit-tag.tsx';

interface Props {
  readonly frame: Frame;
  readonly row: DeskRow;
}

export function NextVisit({ frame, rows }: { readonly frame: Frame; readonly rows: readonly DeskRow[] }) {
  const row = nextOf(rows, frame.now);
  return row === null ? null : <Visit frame={frame} row={row} />;
}

/** Returns the visit in progress, else one whose patient waits, else the next one, else one that was left without an outcome. */
function nextOf(rows: readonly DeskRow[], now: number): DeskRow | null {
  const open = rows.filter(row => row.joinsFrom !== null);
  return (
    open.find(row => row.status === 'progress') ??
    open.find(row => row.waitsSince !== null) ??
    open.find(row => row.facts.endsAt > now) ??
    open[0] ??
    null
  );
}

function Visit({ frame, row }: Props) {
  const words = wordsOf(frame.lang);
  const w = words.staff;
  const { zone } = frame.clinic;
  const { startsAt, endsAt } = row.facts;
  const [given = '', family = ''] = row.patient.split(' ');
  const age = row.birthDate === null ? '' : `, ${words.frame.years(ageOn(row.birthDate, dateOf(startsAt, zone)))}`;
  return (
    <section class="card" data-tone={toneOf(row.status)} aria-labelledby="next">
      <div class="row apart">
        <Person given={given} family={family}>
          <h2 id="next">
            {clockOf(startsAt, zone)} · {capital(row.patient) + age}
          </h2>
          <p>
            {words.frame.minutes(Math.round((endsAt - startsAt) / 60_000))}, {words.frame.until(clockOf(endsAt, zone))}
          </p>
        </Person>
        <VisitTag frame={frame} row={row} />
      </div>
      <dl class="facts">
        <div>
          <dt>{words.passport.checkTitle}</dt>
          <dd>{row.check === null ? words.passport.noChecks.patient : capital(checkText(frame, row.check, startsAt))}</dd>
        </div>
      </dl>
      <div class="acts">
        <WayIn frame={frame} row={row} />
        <a class="button quiet" href={`/desk/consultations/${row.id}/card`} id="next-card">
          {w.card}
        </a>
      </div>
    </section>
  );
}

function WayIn({ frame, row }: Props) {
  const { staff: w, room } = wordsOf(frame.lang);
  const { joinsFrom } = row;
  if (joinsFrom === null) return null;
  if (frame.now < joinsFrom) return <p class="why">{w.opensAt(clockOf(joinsFrom, frame.clinic.zone))}</p>;
  return (
    <a class="button" href={`/desk/consultations/${row.id}`} id="next-join">
      <Icon name="video" />
      {room.join}
    </a>
  );
}
