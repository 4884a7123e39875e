// The common layout of all failure pages: what happened, what to do next, and help.
import type { ComponentChildren } from 'preact';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';

export interface FailureProps {
  readonly frame: Frame;
  readonly title: string;
  /** The failure is the clinic's fault. */
  readonly broken?: boolean;
  /** The next step, when there is one besides help. */
  readonly onward?: { readonly href: string; readonly label: string };
  /** Content under the text. */
  readonly below?: ComponentChildren;
  /** What happened. */
  readonly children: ComponentChildren;
}

export function Failure({ frame, title, broken, onward, below, children }: FailureProps) {
  return (
    <Layout frame={frame} title={title} current={null} solo>
      <Empty heading={title} top broken={broken}>
        <p>{children}</p>
        <div class="acts">
          {onward && (
            <a class="button" href={onward.href}>
              {onward.label}
            </a>
          )}
          <a class="button quiet" href="/help">
            {wordsOf(frame.lang).frame.help}
          </a>
        </div>
      </Empty>
      {below}
    </Layout>
  );
}
