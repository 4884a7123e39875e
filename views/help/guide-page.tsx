// One of the six steps of the guide, with links to the previous and the next one.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import { helpOf } from './settings.ts';
import { GUIDE_STEPS, type GuideStep } from './steps.ts';

export interface GuidePageProps {
  readonly frame: Frame;
  readonly step: GuideStep;
}

export function GuidePage({ frame, step }: GuidePageProps) {
  const w = helpOf(frame);
  const guide = w.steps[step];
  const at = GUIDE_STEPS.indexOf(step);
  const before = GUIDE_STEPS[at - 1];
  const after = GUIDE_STEPS[at + 1];
  return (
    <Layout frame={frame} title={guide.title} current="help">
      <div>
        <Crumb href="/help">{w.title}</Crumb>
        <h1>{guide.title}</h1>
        <p class="lead">{w.stepOf(at + 1, GUIDE_STEPS.length)}</p>
      </div>
      <ol class="steps">
        {guide.steps.map(({ heading, text }) => (
          <li>
            <div>
              <h2>{heading}</h2>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ol>
      {step === 'connect' && (
        <div class="acts">
          <a class="button quiet" href="/check">
            <Icon name="net" />
            {wordsOf(frame.lang).check.link}
          </a>
        </div>
      )}
      <nav class="row apart" aria-label={w.stepsNav}>
        {before && (
          <a class="button plain" href={`/help/${before}`}>
            <Icon name="left" />
            {w.steps[before].title}
          </a>
        )}
        {after && (
          <a class="button plain" href={`/help/${after}`}>
            {w.steps[after].title}
            <Icon name="right" />
          </a>
        )}
      </nav>
    </Layout>
  );
}
