// The waiting room: who is there, how late the doctor is, the button and why it is not active, the connection check, what to do meanwhile.
// The script updates the changing parts with the same words.
import { Check } from '../check/check.tsx';
import { PermissionHelp } from '../check/permission-help.tsx';
import { bothClocksOf, clinicClockOf, clockOf, nearDayOf } from '../format.ts';
import { Handover } from '../handover/handover.tsx';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice, Phone, Tel } from '../parts/notice.tsx';
import { doctorTitle, Person } from '../parts/person.tsx';
import { Rich } from '../parts/rich.tsx';
import { wordsOf } from '../words.ts';
import { DelayOffer } from '../delay/delay-offer.tsx';

interface WaitingProps {
  readonly frame: Frame;
  readonly view: RoomView;
}

export function Waiting({ frame, view }: WaitingProps) {
  const w = wordsOf(frame.lang).room;
  const { doctor, slot } = view;
  const at = `${nearDayOf(slot.startsAt, frame)}, ${bothClocksOf(slot.startsAt, frame)}`;
  return (
    <>
      <div>
        <Crumb href="/appointments">{w.crumb}</Crumb>
        <h1>{w.waitingTitle}</h1>
        <p class="lead">
          {doctorTitle(doctor, frame.lang)} · {at}
        </p>
      </div>
      <div class="split">
        <div class="stack">
          <DelayOffer frame={frame} view={view.delay} />
          <Door frame={frame} view={view} />
          <Check frame={frame} last={view.lastCheck} heading={wordsOf(frame.lang).check.title} />
          <PermissionHelp frame={frame} />
        </div>
        <aside class="stack">
          <WhoIsHere frame={frame} view={view} />
          <Handover frame={frame} consultationId={view.consultationId} place="waiting" state={{ kind: 'idle' }} />
          <section class="card tight">
            <h2>{w.whileWaiting}</h2>
            <ul class="small">
              {w.tips.map(tip => (
                <li>{tip}</li>
              ))}
            </ul>
          </section>
          <Notice tone="bad" icon="alert" role="note">
            <p class="small">
              <Rich text={w.worse} fill={{ tel103: <Tel number="103" />, tel112: <Tel number="112" /> }} />
            </p>
          </Notice>
        </aside>
      </div>
    </>
  );
}

function Door({ frame, view }: WaitingProps) {
  const w = wordsOf(frame.lang).room;
  const live = { ...w.live.both, ...w.live.patient };
  const { doctor, present, slot, opensAt } = view;
  const isThere = present.includes('doctor');
  const here = frame.now < opensAt ? live.peerHereEarly.replace('{clock}', clockOf(slot.startsAt, frame.clinic.zone)) : live.peerHereText;
  const minutes = Math.ceil((slot.startsAt - frame.now) / 60_000);
  return (
    <section class="card">
      <div class="row apart">
        <div aria-live="polite">
          <Person given={doctor.givenName[frame.lang]} family={doctor.familyName[frame.lang]}>
            <h2 data-there>{isThere ? live.peerHere : live.peerAway}</h2>
            <p data-there-text>
              {isThere ? here : minutes > 0 ? live.peerAwayText : view.delay.delay.kind === 'offered' ? live.peerOffered : live.peerOverdue}
            </p>
          </Person>
        </div>
        <span class="tag info">
          <Icon name="clock" />
          <span data-until>{minutes > 0 ? live.untilStart.replace('{minutes}', String(minutes)) : live.startsNow}</span>
        </span>
      </div>
      <p role="alert" data-called hidden>
        <b>{live.called}</b>
      </p>
      <div class="acts scripted">
        <button class="button big" type="button" data-join aria-disabled="true" aria-describedby="why-join">
          <Icon name="video" />
          {w.join}
        </button>
        <p class="why" id="why-join" aria-live="polite" data-why>
          {w.whyEarly(clinicClockOf(opensAt, frame), frame.clinic.joinMinutes)}
        </p>
      </div>
      <noscript>
        <p>
          <b>{w.withoutScript}</b> {w.withoutScriptHow} <Phone frame={frame} />
        </p>
      </noscript>
    </section>
  );
}

function WhoIsHere({ frame, view }: WaitingProps) {
  const w = wordsOf(frame.lang).room;
  const live = w.live.both;
  const { zone } = frame.clinic;
  const isThere = view.present.includes('doctor');
  return (
    <section class="card tight">
      <h2>{w.whoIsHere}</h2>
      <dl class="facts">
        <div>
          <dt>{w.you}</dt>
          <dd data-who="patient">
            <span class="dot ok" /> <span>{live.inRoomSince.replace('{clock}', clockOf(view.enteredAt ?? frame.now, zone))}</span>
          </dd>
        </div>
        <div>
          <dt>{w.doctor}</dt>
          <dd data-who="doctor">
            <span class={isThere ? 'dot ok' : 'dot off'} /> <span>{isThere ? live.isHere : live.isAway}</span>
          </dd>
        </div>
      </dl>
    </section>
  );
}
