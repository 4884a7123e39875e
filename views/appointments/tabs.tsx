// The two tabs of «Приёмы».
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

interface TabsProps {
  readonly frame: Frame;
  readonly current: 'upcoming' | 'history';
  readonly count: number;
}

export function Tabs({ frame, current, count }: TabsProps) {
  const w = wordsOf(frame.lang).appointments;
  return (
    <nav aria-label={w.title}>
      <ul class="tabs">
        <li>
          <a href="/appointments" aria-current={current === 'upcoming' ? 'page' : undefined}>
            {w.upcoming} {count > 0 && <span class="count">{count}</span>}
          </a>
        </li>
        <li>
          <a href="/appointments/history" aria-current={current === 'history' ? 'page' : undefined}>
            {w.history}
          </a>
        </li>
      </ul>
    </nav>
  );
}
