// How to allow a device that was refused, for each browser on a phone and on a computer, with a picture of where to press. Used in the
// check and in the call's panel; the script opens the part for the reader's browser.
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { Way } from '../words/check.ru.ts';
import { PermissionPicture } from './permission-picture.tsx';
import { BROWSERS, type Browser, type Machine } from './ways.ts';

export function PermissionHelp({ frame, isPanel }: { readonly frame: Frame; readonly isPanel?: boolean }) {
  const w = wordsOf(frame.lang).check;
  const Heading = isPanel ? 'h3' : 'h2';
  return (
    <section class={isPanel ? 'stack' : 'card'} data-permission-help hidden>
      <Heading tabIndex={-1} data-help-heading>
        {w.help}
      </Heading>
      <p>{w.helpLead}</p>
      <ul class="list" role="list">
        {BROWSERS.map(browser => (
          <li>
            <details data-browser={browser}>
              <summary>{w.browsers[browser].name}</summary>
              <div class="stack">
                <Steps title={w.onPhone} way={w.browsers[browser].phone} browser={browser} machine="phone">
                  {browser !== 'safari' && w.onIphone}
                </Steps>
                <Steps title={w.onDesktop} way={w.browsers[browser].desktop} browser={browser} machine="desktop" />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface StepsProps {
  readonly title: string;
  readonly way: Way;
  readonly browser: Browser;
  readonly machine: Machine;
  readonly children?: string | false;
}

const Steps = ({ title, way, browser, machine, children }: StepsProps) => (
  <div class="stack tight" data-machine={machine}>
    <p>
      <b>{title}</b>
    </p>
    <PermissionPicture browser={browser} machine={machine} label={way.picture} />
    <ol>
      {way.steps.map(step => (
        <li>{step}</li>
      ))}
    </ol>
    {children && <p class="small muted">{children}</p>}
  </div>
);
