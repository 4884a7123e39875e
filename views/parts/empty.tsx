// An empty state: the brackets of the clinic's mark with nothing between them, and what to do next.
import type { ComponentChildren } from 'preact';

export interface EmptyProps {
  readonly heading: string;
  /** The heading becomes the page's h1, when there is no other one. */
  readonly top?: boolean;
  readonly broken?: boolean;
  readonly children: ComponentChildren;
}

export function Empty({ heading, top, broken, children }: EmptyProps) {
  return (
    <div class="empty">
      <svg
        viewBox="0 0 140 90"
        fill="none"
        stroke="currentColor"
        stroke-width="2.5"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <path d="M22 14H14v62h8M118 14c11 20 11 42 0 62" />
        <path
          d={broken ? 'M42 45h14m28 0h14M60 38l20 14M80 38 60 52' : 'M70 34v22M59 45h22'}
          stroke-dasharray={broken ? undefined : '3 6'}
        />
      </svg>
      {top ? <h1>{heading}</h1> : <h2>{heading}</h2>}
      {children}
    </div>
  );
}
