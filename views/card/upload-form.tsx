// «Добавить файлы»: one file without script; several with it, each with its progress (views/islands/card-upload.ts).
import { FILE_KINDS } from '../../workflows/rules/card-files.ts';
import type { Frame } from '../model.ts';
import { FilePick } from '../parts/file-pick.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import type { CardOwner, UploadEnd, UploadMistake } from './card-view.ts';

interface Props {
  readonly frame: Frame;
  readonly owner: CardOwner;
  readonly end: UploadEnd | null;
}

export function UploadForm({ frame, owner, end }: Props) {
  const w = wordsOf(frame.lang).card;
  const mistake: UploadMistake | null = end === 'kept' ? null : end;
  return (
    <section class="card" aria-labelledby="add">
      <div>
        <h2 id="add">{w.add}</h2>
        <p class="muted small">{w.addText}</p>
      </div>
      {end === 'kept' && <Notice tone="ok" icon="check" role="status" text={w.added} />}
      <form class="stack" method="post" action="/card/files" encType="multipart/form-data" data-upload={JSON.stringify(saidOf(frame))}>
        {owner.relation === 'guardian' && <input type="hidden" name="person" value={owner.patientId} />}
        <div class="field">
          <label for="upload-kind">{w.addKind}</label>
          <select id="upload-kind" name="kind">
            {FILE_KINDS.map(kind => (
              <option value={kind}>{w.fileKinds[kind]}</option>
            ))}
          </select>
        </div>
        <FilePick
          frame={frame}
          label={w.addFile}
          hint={w.addHint}
          mistake={mistake === null ? null : w.addMistakes[mistake]}
          upload={w.addDo}
        />
      </form>
    </section>
  );
}

/** Sentences for the script: plain text with {places}. */
function saidOf(frame: Frame) {
  const w = wordsOf(frame.lang).card;
  return { adding: w.adding, some: w.addSome, failed: w.addFailed, broken: w.addBroken, mistakes: w.addMistakes };
}
