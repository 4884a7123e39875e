// The doctor's desk, «Сегодня»: own consultations of the day with time, patient and state, and protocols of any day that wait for a signature.
/* oxlint-disable jsx-a11y/no-interactive-element-to-noninteractive-role -- The sheet turns into cards by `display`, which takes a table's
   own roles away in browsers; written out they stay. The rule takes a row and a cell for controls. */
import { ageOn, capital, clinicClockOf, clockOf, dateOf, dayOf, rangeOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { DeskRow, Unended, Unsigned } from './desk-view.ts';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Notice } from '../parts/notice.tsx';
import { Tag } from '../parts/tag.tsx';
import { wordsOf } from '../words.ts';
import { hoursSince, UnendedList, UnsignedList } from './unsigned.tsx';

export interface DeskPageProps {
  readonly frame: Frame;
  /** The doctor's consultations around now, by start; those of the clinic's today are shown. */
  readonly rows: readonly DeskRow[];
  /** Visits of any day that nobody ended, the oldest first. */
  readonly unended: readonly Unended[];
  /** Protocols of any day, the longest waiting first. */
  readonly unsigned: readonly Unsigned[];
}

export function DeskPage({ frame, rows: around, unended, unsigned }: DeskPageProps) {
  const w = wordsOf(frame.lang).staff;
  const { zone } = frame.clinic;
  const rows = around.filter(row => dateOf(row.facts.startsAt, zone) === dateOf(frame.now, zone));
  const next = rows.find(row => row.facts.startsAt > frame.now && (row.status === 'paid' || row.status === 'waiting'));
  const lead = [
    w.deskLead(clinicClockOf(frame.now, frame), rows.length),
    next && w.deskNext(clockOf(next.facts.startsAt, frame.clinic.zone)),
  ];
  return (
    <Layout frame={frame} title={w.deskTitle} current="desk" staff>
      <div>
        <h1>{w.deskHeading(dayOf(frame.now, frame))}</h1>
        <p class="muted">{lead.filter(Boolean).join(', ')}</p>
      </div>
      {unended.length > 0 && <UnendedList frame={frame} unended={unended} />}
      {unsigned.length > 0 && <UnsignedList frame={frame} unsigned={unsigned} />}
      <Notice tone="info" icon="info" text={w.deskNote}>
        <p>
          <a href="/check">{wordsOf(frame.lang).check.link}</a>
        </p>
      </Notice>
      {rows.length === 0 ? (
        <Empty heading={w.deskEmpty}>
          <p>{w.deskEmptyText}</p>
        </Empty>
      ) : (
        <Sheet frame={frame} rows={rows} />
      )}
    </Layout>
  );
}

function Sheet({ frame, rows }: Pick<DeskPageProps, 'frame' | 'rows'>) {
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
  const opens = row.status !== 'reserved' && row.status !== 'lapsed' && row.status !== 'cancelled';
  const age = row.birthDate === null ? '' : `, ${words.frame.years(ageOn(row.birthDate, dateOf(row.facts.startsAt, zone)))}`;
  return (
    <tr role="row">
      <td role="cell" data-label={w.time}>
        <b>{rangeOf(row.facts, zone)}</b>
      </td>
      <td role="cell" data-label={w.patient}>
        <div>{opens ? <a href={`/desk/consultations/${row.id}`}>{capital(row.patient) + age}</a> : capital(row.patient) + age}</div>
      </td>
      <td role="cell" data-label={w.state}>
        <div>
          <Tag frame={frame} status={row.status} facts={row.facts} to="staff" />
          {row.facts.concludedAt !== null && (
            <small>
              <a href={`/consultations/${row.id}/passport`}>{words.passport.title}</a>
            </small>
          )}
          <Aside frame={frame} row={row} />
        </div>
      </td>
      <td role="cell" data-label={w.toDo}>
        <div>
          <Protocol frame={frame} row={row} />
        </div>
      </td>
    </tr>
  );
}

/** A visit that took place leads to its protocol, and says how long that waits for a signature. */
function Protocol({ frame, row }: { readonly frame: Frame; readonly row: DeskRow }) {
  const w = wordsOf(frame.lang).protocol;
  const { facts, id } = row;
  if (facts.outcome !== 'tookPlace' || facts.concludedAt === null) return null;
  return (
    <>
      <a href={`/desk/consultations/${id}/protocol`}>{facts.publishedAt === null ? w.toSign : w.title}</a>
      {facts.publishedAt === null && <small>{w.waits(hoursSince(facts.concludedAt, frame.now))}</small>}
    </>
  );
}

/** What the state alone does not say: that the doctor is late, or was. */
function Aside({ frame, row }: { readonly frame: Frame; readonly row: DeskRow }) {
  const w = wordsOf(frame.lang).staff;
  const { facts, status, lateMinutes, cancelReason } = row;
  if (lateMinutes !== null) return <small>{status === 'waiting' ? w.lateWaits(lateMinutes) : w.late(lateMinutes)}</small>;
  if (cancelReason !== 'doctorLate') return null;
  return <small>{facts.returnedMinor >= facts.returningMinor ? w.lateReturned : w.lateReturning}</small>;
}
