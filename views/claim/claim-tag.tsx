// The state of a claim as an icon and words. A new state does not compile until it has both.
import type { ClaimState } from '../../workflows/rules/claim-state.ts';
import type { Frame } from '../model.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import type { Tone } from '../parts/tag.tsx';
import { wordsOf } from '../words.ts';

const LOOK: Record<ClaimState, { readonly icon: IconName; readonly tone: Tone }> = {
  demanded: { icon: 'doc', tone: 'wait' },
  signed: { icon: 'clock', tone: 'here' },
  inReview: { icon: 'clock', tone: 'here' },
  moreAsked: { icon: 'alert', tone: 'wait' },
  waitsForSecond: { icon: 'clock', tone: 'here' },
  approved: { icon: 'ruble', tone: 'done' },
  part: { icon: 'ruble', tone: 'done' },
  refused: { icon: 'stop', tone: 'off' },
  returning: { icon: 'ruble', tone: 'done' },
  returned: { icon: 'done', tone: 'done' },
  stuck: { icon: 'alert', tone: 'bad' },
  withdrawn: { icon: 'stop', tone: 'off' },
};

export function ClaimTag({ frame, state }: { readonly frame: Frame; readonly state: ClaimState }) {
  return (
    <span class="tag" data-tone={LOOK[state].tone}>
      <Icon name={LOOK[state].icon} />
      {wordsOf(frame.lang).claim.states[state]}
    </span>
  );
}
