// A state as an icon and a word, always both. A new status does not compile until it has an icon here and words in both languages.
import type { Facts, Status } from '../../workflows/rules/status.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';

const ICON_OF = {
  reserved: 'clock',
  paid: 'check',
  waiting: 'user',
  progress: 'video',
  concluded: 'done',
  published: 'doc',
  lapsed: 'clock',
  cancelled: 'stop',
  absent: 'away',
  failed: 'broken',
} satisfies Record<Status, IconName>;

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
    <span class="tag" data-state={props.status}>
      <Icon name={ICON_OF[props.status]} />
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
