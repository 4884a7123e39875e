// The result of a check in one sentence above its rows, and when it was made. The server draws the last check; the script replaces it with
// a new one, in the same words.
import { readinessOf, type LastCheck } from '../../workflows/rules/readiness.ts';
import { momentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';

export function Verdict({ frame, last }: { readonly frame: Frame; readonly last: LastCheck | null }) {
  const w = wordsOf(frame.lang).check;
  const readiness = last === null ? null : readinessOf(last);
  const words = readiness === null ? { lead: '', text: '' } : w.live.readiness[readiness];
  return (
    <div class={readiness === 'ready' ? 'notice ok' : 'notice warn'} role="status" data-verdict hidden={last === null}>
      <Icon name="net" />
      <div>
        <p>
          <b data-verdict-lead>{words.lead}</b> <span data-verdict-text>{words.text}</span>
        </p>
        {last !== null && (
          <p class="small" data-verdict-at>
            {w.checkedAt(momentOf(last.at, frame))}
          </p>
        )}
      </div>
    </div>
  );
}
