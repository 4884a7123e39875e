// The fragment `#today`: the next visit and the list of the day. It reloads itself, so that the doctor sees who has come and who has
// booked.
/* oxlint-disable jsx-a11y/no-interactive-element-to-noninteractive-role -- The table is drawn as cards by `display`, and browsers then
   drop the table roles, so they are written out. The rule treats a row and a cell as controls. */
import { isFirm } from '../../workflows/rules/status.ts';
import { ageOn, capital, dateOf, rangeOf } from '../format.ts';
import type { DeskRow } from './desk-view.ts';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { polls } from '../parts/polling.ts';
import { wordsOf } from '../words.ts';
import { NextVisit } from './next-visit.tsx';
import { hoursSince } from './unsigned.tsx';
import { VisitTag } from './visit-tag.tsx';

export interface TodayProps {
  readonly frame: Frame;
  /** The doctor's consultations of the clinic's current day, by start. */
  readonly rows: readonly DeskRow[];
  /** A key of what is drawn here. The reload sends it, and the server answers with content only when it has changed. */
  readonly seen: string;
}

export function Today({ frame, rows, seen }: TodayProps) {
  const w = wordsOf(frame.lang).staff;
  const visits = rows.filter(isPaidVisit);
  const waiting = rows.filter(row => row.waitsSince !== null).map(row => row.patient);
  const reloads = polls({ path: '/desk/today', on: 'every 15s', seen });
  return (
    <div id="today" class="stack" data-say={waiting.length === 0 ? '' : w.saidWaits(waiting.join(', '))} {...reloads}>
      {visits.length > 0 && <p class="muted">{w.deskLead(visits.length, visits.filter(row => row.facts.outcome !== null).length)}</p>}
      <NextVisit frame={frame} rows={rows} />
      {rows.length === 0 ? (
        <Empty heading={w.deskEmpty}>
          <p>{w.deskEmptyText}</p>
        </Empty>
      ) : (
        <Sheet frame={frame} rows={rows} />
      )}
    </div>
  );
}

const isPaidVisit = ({ status }: DeskRow): boolean => isFirm(status);

function Sheet({ frame, rows }: Pick<TodayProps, 'frame' | 'rows'>) {
  const w = wordsOf(frame.lang).staff;
  const heads = [w.time, w.patient, w.state, w.toDo];
  return (
    <div class="sheet">
      <table role="table">
        <caption class="away">{w.deskCaption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {heads.map(head => (
              <th scope="col" role="columnheader">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(row => (
            <Row frame={frame} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ frame, row }: { readonly frame: Frame; readonly row: DeskRow }) {
  const words = wordsOf(frame.lang);
  const w = words.staff;
  const { zone } = frame.clinic;
  const age = row.birthDate === null ? '' : `, ${words.frame.years(ageOn(row.birthDate, dateOf(row.facts.startsAt, zone)))}`;
  const name = capital(row.patient) + age;
  return (
    <tr role="row">
      <td role="cell" data-label={w.time}>
        <b class="nowrap">{rangeOf(row.facts, zone)}</b>
      </td>
      <td role="cell" data-label={w.patient}>
        <div>
          {isPaidVisit(row) ? (
            <a href={`/desk/consultations/${row.id}`} id={`visit-${row.id}`}>
              {name}
            </a>
          ) : (
            name
          )}
        </div>
      </td>
      <td role="cell" data-label={w.state}>
        <div>
          <VisitTag frame={frame} row={row} />
          {row.facts.concludedAt !== null && (
            <small>
              <a href={`/consultations/${row.id}/passport`} id={`passport-${row.id}`}>
                {words.passport.title}
              </a>
            </small>
          )}
          <Aside frame={frame} row={row} />
        </div>
      </td>
      <td role="cell" data-label={w.toDo}>
        <div>
          <ToDo frame={frame} row={row} />
        </div>
      </td>
    </tr>
  );
}

/** What the doctor does next: joins, or signs after a visit that took place, with the time that the protocol has been waiting. */
function ToDo({ frame, row }: { readonly frame: Frame; readonly row: DeskRow }) {
  const words = wordsOf(frame.lang);
  const w = words.protocol;
  const { facts, id } = row;
  if (row.joinsFrom !== null) {
    if (frame.now < row.joinsFrom) return null;
    return (
      <a href={`/desk/consultations/${id}`} id={`join-${id}`}>
        {words.staff.join}
      </a>
    );
  }
  if (facts.outcome !== 'tookPlace' || facts.concludedAt === null) return null;
  return (
    <>
      <a href={`/desk/consultations/${id}/protocol`} id={`protocol-${id}`}>
        {facts.publishedAt === null ? w.toSign : w.title}
      </a>
      {facts.publishedAt === null && <small>{w.waits(hoursSince(facts.concludedAt, frame.now))}</small>}
    </>
  );
}

/** Adds what the state does not show: that the doctor is or was late. */
function Aside({ frame, row }: { readonly frame: Frame; readonly row: DeskRow }) {
  const w = wordsOf(frame.lang).staff;
  const { facts, waitsSince, lateMinutes, cancelReason } = row;
  if (lateMinutes !== null) return <small>{waitsSince === null ? w.late(lateMinutes) : w.lateWaits(lateMinutes)}</small>;
  if (cancelReason !== 'doctorLate') return null;
  return <small>{facts.refusedMinor === 0 && facts.returnedMinor >= facts.returningMinor ? w.lateReturned : w.lateReturning}</small>;
}
