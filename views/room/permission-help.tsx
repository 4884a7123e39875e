// How to lift a refusal, for each browser on a phone and on a computer. Stands in the waiting room and in the call's panel; the island opens the
// part of the reader's own browser.
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

const BROWSERS = ['chrome', 'safari', 'firefox', 'yandex'] as const;

export function PermissionHelp({ frame, isPanel }: { readonly frame: Frame; readonly isPanel?: boolean }) {
  const w = wordsOf(frame.lang).room;
  const Heading = isPanel ? 'h3' : 'h2';
  return (
    <section class={isPanel ? 'stack' : 'card'} data-permission-help hidden>
      <Heading>{w.help}</Heading>
      <p>{w.helpLead}</p>
      <ul class="list" role="list">
        {BROWSERS.map(browser => (
          <li>
            <details data-browser={browser}>
              <summary>{w.browsers[browser].name}</summary>
              <div class="stack tight">
                <Steps title={w.onPhone} steps={w.browsers[browser].phone} kind="phone" />
                <Steps title={w.onDesktop} steps={w.browsers[browser].desktop} kind="desktop" />
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
  readonly steps: readonly string[];
  readonly kind: 'phone' | 'desktop';
}

const Steps = ({ title, steps, kind }: StepsProps) => (
  <div data-machine={kind}>
    <p>
      <b>{title}</b>
    </p>
    <ol>
      {steps.map(step => (
        <li>{step}</li>
      ))}
    </ol>
  </div>
);
