// A state as an icon and a word, always both. A new status does not compile until it has an icon here and words in both languages.
import type { Facts, Status } from '../../workflows/rules/status.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';

/** How a state is shown: its icon, and its tone, which style.css colours. */
export type Tone = 'wait' | 'paid' | 'here' | 'live' | 'done' | 'off' | 'bad';

const LOOK: Record<Status, { readonly icon: IconName; readonly tone: Tone }> = {
  reserved: { icon: 'clock', tone: 'wait' },
  paid: { icon: 'check', tone: 'paid' },
  waiting: { icon: 'user', tone: 'here' },
  progress: { icon: 'video', tone: 'live' },
  concluded: { icon: 'done', tone: 'done' },
  published: { icon: 'doc', tone: 'done' },
  lapsed: { icon: 'clock', tone: 'off' },
  cancelled: { icon: 'stop', tone: 'off' },
  absent: { icon: 'away', tone: 'wait' },
  failed: { icon: 'broken', tone: 'bad' },
};

export const toneOf = (status: Status): Tone => LOOK[status].tone;

export interface TagProps {
  readonly frame: Frame;
  readonly status: Status;
  readonly facts: Facts;
  readonly to?: 'patient' | 'staff';
  /** Replaces the usual words of the state. */
  readonly text?: string | undefined;
}

export function Tag(props: TagProps) {
  return (
    <span class="tag" data-tone={toneOf(props.status)}>
      <Icon name={LOOK[props.status].icon} />
      {props.text ?? stateText(props)}
    </span>
  );
}

/** The state in words, for a tag and for announcements. */
export function stateText({ frame, status, facts, to = 'patient' }: TagProps): string {
  const w = wordsOf(frame.lang).states;
  if (status === 'reserved' && frame.now >= facts.expiresAt) return w.checking;
  if (status === 'cancelled' && facts.cancelledBy === 'clinic') return w.cancelledByClinic;
  return w[to][status];
}
