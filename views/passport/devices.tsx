// The kinds of devices that each side used, in order; the same one in a row is listed once.
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import { capital, clockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { PassportView } from './passport-view.ts';

interface Props {
  readonly frame: Frame;
  readonly view: PassportView;
}

type Used = PassportView['devices'][number];

export function Devices({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  return (
    <section class="card" aria-labelledby="devices">
      <h2 id="devices">{w.devices}</h2>
      <dl class="facts">
        {SIDES.map(side => (
          <div>
            <dt>{w.sides[side]}</dt>
            <dd>
              {usedBy(view, side).map(device => (
                <p>
                  {capital(deviceText(frame, device))}, {w.since(clockOf(device.at, frame.clinic.zone))}
                </p>
              ))}
              {usedBy(view, side).length === 0 && w.noDevices[side]}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Only changes: a reload in another tab is the same device. */
function usedBy({ devices }: PassportView, side: Side): Used[] {
  const own = devices.filter(device => device.role === side);
  return own.filter((device, i) => {
    const before = own[i - 1];
    return before === undefined || before.browser !== device.browser || before.system !== device.system || before.kind !== device.kind;
  });
}

/** An iPad that requests desktop pages identifies itself as a Mac, so Safari on «macOS» may be either. */
function deviceText(frame: Frame, { browser, system, kind }: Used): string {
  const w = wordsOf(frame.lang).passport;
  if (browser === 'safari' && system === 'macos') return `${w.browsers.safari}, ${w.macOrIpad}`;
  return [w.browsers[browser], w.systems[system], w.deviceKinds[kind]].join(', ');
}
