// The field for a file, the course of its upload and the button, inside a form with `data-upload` (views/islands/card-upload.ts). Used by the medical card
// and by refund claims.
import { FILE_ACCEPT } from '../../workflows/rules/file.ts';
import type { Frame } from '../model.ts';
import { FieldMistake } from './field.tsx';
import { Icon } from './icon.tsx';

export interface FilePickProps {
  readonly frame: Frame;
  readonly label: string;
  readonly hint: string;
  /** Why the file of the last try was not taken; null when there is nothing to say. */
  readonly mistake: string | null;
  readonly upload: string;
  readonly isQuiet?: boolean;
}

export function FilePick({ frame, label, hint, mistake, upload, isQuiet = false }: FilePickProps) {
  return (
    <>
      <div class="field">
        <label for="upload">{label}</label>
        <p class="hint" id="upload-hint">
          {hint}
        </p>
        {mistake !== null && <FieldMistake frame={frame} id="upload-error" text={mistake} />}
        <input
          id="upload"
          name="file"
          type="file"
          accept={FILE_ACCEPT}
          aria-describedby={mistake === null ? 'upload-hint' : 'upload-hint upload-error'}
          aria-invalid={mistake === null ? undefined : 'true'}
        />
      </div>
      <div class="stack tight" data-upload-course hidden>
        <p role="status" />
        <progress max={1} value={0} aria-label={upload} />
      </div>
      <div class="acts">
        <button class={isQuiet ? 'button quiet' : 'button'}>
          <Icon name="clip" />
          {upload}
        </button>
      </div>
    </>
  );
}
