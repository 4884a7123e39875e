// «Вернуть прошлую версию»: earlier saves by time. Restoring one writes a new version, so nothing is lost.
import { momentOf } from '../format.ts';
import { wordsOf } from '../words.ts';
import type { EditorProps } from './flaws.tsx';

export function PastSaves({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <ul class="list" role="list">
      <li>
        <details>
          <summary>{w.past}</summary>
          <div class="stack tight">
            <p class="small muted">{view.pastSaves.length === 0 ? w.pastEmpty : w.pastText}</p>
            {view.pastSaves.map(({ version, at }) => (
              <button
                class="button plain"
                name="restore"
                value={version}
                formAction={`/desk/consultations/${view.visit.consultationId}/protocol/restore`}
                data-restore
                data-at={at}
              >
                {w.pastOne(`${momentOf(at, frame)}, ${w.version(version).toLowerCase()}`)}
              </button>
            ))}
          </div>
        </details>
      </li>
    </ul>
  );
}
