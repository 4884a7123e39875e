// Parts that the pages of finance share: a claim's state, a refusal in words, a text field with its mistake.
import type { ComponentChildren } from 'preact';
import type { ClaimState } from '../../workflows/rules/claim-state.ts';
import type { Frame } from '../model.ts';
import { FieldMistake } from '../parts/field.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import type { Tone } from '../parts/tag.tsx';
import type { FinanceWords } from '../words/finance.ru.ts';
import { wordsOf } from '../words.ts';

const LOOK: Readonly<Record<ClaimState, { readonly icon: IconName; readonly tone: Tone }>> = {
  demanded: { icon: 'clock', tone: 'wait' },
  signed: { icon: 'doc', tone: 'here' },
  inReview: { icon: 'doc', tone: 'here' },
  moreAsked: { icon: 'mail', tone: 'wait' },
  waitsForSecond: { icon: 'user', tone: 'here' },
  approved: { icon: 'ruble', tone: 'bad' },
  part: { icon: 'ruble', tone: 'bad' },
  refused: { icon: 'stop', tone: 'off' },
  returning: { icon: 'refresh', tone: 'paid' },
  returned: { icon: 'done', tone: 'done' },
  stuck: { icon: 'broken', tone: 'bad' },
  withdrawn: { icon: 'back', tone: 'off' },
};

export const ClaimTag = ({ frame, state }: { readonly frame: Frame; readonly state: ClaimState }) => (
  <span class="tag" data-tone={LOOK[state].tone}>
    <Icon name={LOOK[state].icon} />
    {wordsOf(frame.lang).finance.states[state]}
  </span>
);

/** What the provider's word means, and the next step. */
export const refusalOf = (w: FinanceWords, code: string | null): readonly [what: string, next: string] =>
  w.refusals[code ?? 'unknown'] ?? w.refusals['unknown'] ?? ['', ''];

export type Mistake = keyof FinanceWords['mistakes'];

export interface TextFieldProps {
  readonly frame: Frame;
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly mistake: string | null;
}

export function TextArea({ frame, id, name, label, hint, value, mistake }: TextFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {mistake !== null && <FieldMistake frame={frame} id={`${id}-error`} text={mistake} />}
      <textarea
        id={id}
        name={name}
        rows={3}
        maxLength={1000}
        aria-describedby={mistake === null ? `${id}-hint` : `${id}-hint ${id}-error`}
        aria-invalid={mistake === null ? undefined : 'true'}
      >
        {value}
      </textarea>
    </div>
  );
}

export const Line = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
