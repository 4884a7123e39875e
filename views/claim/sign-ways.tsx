// Three equal ways to sign an application: a code from a letter, photographs uploaded here, a letter from the own mailbox. Also the files of a claim.
import { momentOf } from '../format.ts';
import { sizeText } from '../card/size.ts';
import type { Frame } from '../model.ts';
import { FilePick } from '../parts/file-pick.tsx';
import { errorOf, Field, FieldMistake } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import type { ClaimAct, ClaimView } from './claim-view.ts';

interface Props {
  readonly frame: Frame;
  readonly claim: ClaimView;
  readonly act: ClaimAct;
}

export function SignWays({ frame, claim, act }: Props) {
  const w = wordsOf(frame.lang).claim;
  const pdf = `/refund-claims/${claim.id}/application.pdf`;
  return (
    <section class="card" aria-labelledby="sign">
      <div>
        <h2 id="sign">{w.sign}</h2>
        <p class="muted">{w.signLead}</p>
      </div>
      <ByCode frame={frame} claim={claim} act={act} />
      <div class="stack tight">
        <h3>{w.signUpload}</h3>
        <p>{w.signUploadText}</p>
        <div class="acts">
          <a class="button quiet" href={pdf}>
            <Icon name="print" />
            {w.pdf}
          </a>
          <a class="button quiet" href="#upload">
            <Icon name="clip" />
            {w.add}
          </a>
        </div>
      </div>
      <div class="stack tight">
        <h3>{w.signMail}</h3>
        <p>{w.signMailText}</p>
        <p class="mail">
          <a href={`mailto:${claim.address}?subject=${encodeURIComponent(claim.number)}`}>
            <b>{claim.address}</b>
          </a>
        </p>
        <p>{w.signMailNumber(claim.number)}</p>
      </div>
    </section>
  );
}

function ByCode({ frame, claim, act }: Props) {
  const w = wordsOf(frame.lang).claim;
  const formError = errorOf(frame, act.errors, 'email');
  return (
    <form class="stack tight" method="post" action={`/refund-claims/${claim.id}/signature`} noValidate>
      <h3>{w.signCode}</h3>
      <p>{act.code === null ? w.signCodeText(claim.email) : w.signCodeSent(claim.email)}</p>
      {formError && <FieldMistake frame={frame} id="email" text={formError} />}
      {act.code !== null && (
        <Field
          frame={frame}
          name="code"
          label={w.signCodeField}
          hint={w.signCodeHint}
          error={errorOf(frame, act.errors, 'code')}
          input={{ class: 'code', inputMode: 'numeric', autoComplete: 'one-time-code', required: true, value: act.code }}
        />
      )}
      <div class="acts">
        <button class="button">{act.code === null ? w.signCodeGet : w.signCodeDo}</button>
      </div>
    </form>
  );
}

export function ClaimFiles({ frame, claim, act, mayAdd }: Props & { readonly mayAdd: boolean }) {
  const w = wordsOf(frame.lang).claim;
  return (
    <section class="card tight" aria-labelledby="files">
      <h2 id="files">{w.files}</h2>
      {claim.files.length === 0 ? (
        <p class="small muted">{w.filesNone}</p>
      ) : (
        <ul class="small" role="list">
          {claim.files.map(file => (
            <li>
              {file.isRemoved ? file.name : <a href={`/refund-claims/${claim.id}/files/${file.id}`}>{file.name}</a>}
              <br />
              <span class="muted">
                {sizeText(file.bytes, frame.lang)},{' '}
                {file.isRemoved ? w.fileRemoved : `${w.fileFrom[file.source]} ${momentOf(file.at, frame)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {act.upload === 'kept' && <Notice tone="ok" icon="check" role="status" text={w.added} />}
      {mayAdd && <Upload frame={frame} claim={claim} act={act} />}
    </section>
  );
}

function Upload({ frame, claim, act }: Props) {
  const { claim: w, card } = wordsOf(frame.lang);
  const mistakes: Readonly<Record<string, string>> = { ...card.addMistakes, claimIsFull: w.full };
  const mistake = act.upload === null || act.upload === 'kept' ? null : (mistakes[act.upload] ?? card.addBroken);
  const page = `/refund-claims/${claim.id}`;
  const said = { adding: card.adding, some: card.addSome, failed: card.addFailed, broken: card.addBroken, mistakes, to: page };
  return (
    <form class="stack tight" method="post" action={`${page}/files`} encType="multipart/form-data" data-upload={JSON.stringify(said)}>
      <FilePick frame={frame} label={w.addFile} hint={w.addHint} mistake={mistake} upload={w.addDo} isQuiet />
    </form>
  );
}
