// The rail: the clinic's mark, the places of the cabinet, and who is signed in. On a phone the places are a bar at the bottom.
import type { Frame } from './model.ts';
import { Icon, Mark } from './parts/icon.tsx';
import { LangLink } from './parts/lang-link.tsx';
import { Face } from './parts/person.tsx';
import { type Place, placesOf } from './places.ts';
import { wordsOf } from './words.ts';
import { shortNameOf, type Viewer } from '../workflows/rules/person.ts';

interface RailProps {
  readonly frame: Frame;
  readonly current: Place | null;
  readonly solo: boolean;
  readonly staff: boolean;
}

export function Rail({ frame, current, solo, staff }: RailProps) {
  const w = wordsOf(frame.lang).frame;
  const { viewer } = frame;
  return (
    <header class="rail">
      <a class="mark" href={staff ? '/desk' : '/online'}>
        <Mark />
        <span>
          {frame.clinic.name[frame.lang]}
          <small>{staff ? w.work : w.cabinet}</small>
        </span>
      </a>
      {viewer && !solo && <Nav frame={frame} current={current} staff={staff} />}
      {viewer ? <Who frame={frame} viewer={viewer} staff={staff} /> : <GuestLinks frame={frame} solo={solo} />}
    </header>
  );
}

function Nav({ frame, current, staff }: Omit<RailProps, 'solo'>) {
  const w = wordsOf(frame.lang).frame;
  return (
    <nav class="nav" aria-label={w.sections}>
      <ul>
        {placesOf(frame, staff).map(({ place, href, icon, label, count }) => (
          <li>
            <a href={href} aria-current={place === current ? 'page' : undefined}>
              <Icon name={icon} />
              <span>{label}</span>
              {count > 0 ? (
                <span class="count">
                  {count}
                  <span class="away">{w.upcomingAway(count)}</span>
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Who({ frame, viewer, staff }: { readonly frame: Frame; readonly viewer: Viewer; readonly staff: boolean }) {
  const w = wordsOf(frame.lang).frame;
  const works = viewer.roles.some(role => role !== 'patient');
  return (
    <details class="who">
      <summary>
        <Face given={viewer.givenName} family={viewer.familyName} size="s" />
        <span>
          {shortNameOf(viewer)}
          <span class="away">{w.profile}</span>
        </span>
      </summary>
      <ul>
        {works && !staff && (
          <li>
            <a href="/desk">{w.work}</a>
          </li>
        )}
        <li>
          <a href="/consents">{w.documents}</a>
        </li>
        <li>
          <form method="post" action="/sign-out">
            <button>{w.signOut}</button>
            {!viewer.onlyVisit && (
              <button name="everywhere" value="1">
                {w.signOutEverywhere}
              </button>
            )}
          </form>
        </li>
      </ul>
    </details>
  );
}

function GuestLinks({ frame, solo }: { readonly frame: Frame; readonly solo: boolean }) {
  const w = wordsOf(frame.lang).frame;
  return (
    <div class="row">
      <LangLink frame={frame} button />
      {!solo && (
        <a class="button quiet" href={`/sign-in?next=${encodeURIComponent(frame.path)}`}>
          {w.signIn}
        </a>
      )}
    </div>
  );
}
