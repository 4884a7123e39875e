// An instant on a page: machine-readable with its offset, readable for people in the clinic's time zone.
import { isoOf } from '../format.ts';
import type { Frame } from '../model.ts';

export interface TimeProps {
  readonly frame: Pick<Frame, 'clinic'>;
  readonly at: number;
  readonly class?: string;
  readonly children: string;
}

export function Time({ frame, at, class: className, children }: TimeProps) {
  return (
    <time class={className} dateTime={isoOf(at, frame.clinic.zone)}>
      {children}
    </time>
  );
}
