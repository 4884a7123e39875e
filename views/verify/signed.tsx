// What the public page shows about a signed protocol: who signed it, when, the version, its checksums, and a comparison of the file that
// runs only in the browser.
import { clinicClockOf, documentDateOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import type { Verified } from '../../workflows/rules/verification.ts';

interface Props {
  readonly frame: Frame;
  readonly verified: Verified;
}

export function Signed({ frame, verified }: Props) {
  const w = wordsOf(frame.lang).verify;
  return (
    <div class="stack">
      <h1>{w.title}</h1>
      <Notice tone="ok" icon="check" lead={w.authentic} text={w.authenticText} />
      {verified.amendedAt !== null && (
        <Notice tone="warn" icon="alert" lead={w.amended(momentOf(verified.amendedAt, frame))} text={w.amendedText} />
      )}
      <Told frame={frame} verified={verified} />
      <File frame={frame} verified={verified} />
      <p class="small muted">{w.nothingMedical}</p>
    </div>
  );
}

function Told({ frame, verified }: Props) {
  const w = wordsOf(frame.lang).verify;
  const { doctor, file } = verified;
  const name = `${doctor.givenName[frame.lang]} ${doctor.familyName[frame.lang]}`;
  const rows: readonly (readonly [string, string])[] = [
    [w.signedAt, momentOf(verified.signedAt, frame)],
    [w.doctor, `${name}, ${doctor.specialty[frame.lang].toLowerCase()}`],
    [w.registry, doctor.registryId],
    [w.version, w.versionOf(verified.version)],
    [w.signature, file?.signedBy ? w.qualified(file.signedBy) : w.simple],
    [w.contentHash, verified.contentHash],
  ];
  return (
    <dl class="facts">
      {rows.map(([term, text]) => (
        <div>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The form needs script; without it the checksum can be compared by hand. The file is sent nowhere. */
function File({ frame, verified: { file } }: Props) {
  const w = wordsOf(frame.lang).verify;
  if (file === null) return <Notice tone="info" icon="clock" lead={w.noFile} text={w.noFileText} />;
  return (
    <section class="card" aria-labelledby="file">
      <h2 id="file">{w.file}</h2>
      <p>{w.fileText}</p>
      <dl class="facts">
        <div>
          <dt>{w.fileHash}</dt>
          <dd id="file-hash">{file.hash}</dd>
        </div>
      </dl>
      <div class="field" hidden data-compare={file.hash} data-same={w.same} data-other={w.other} data-failed={w.failed}>
        <label for="paper">{w.choose}</label>
        <p class="hint" id="paper-hint">
          {w.chooseHint}
        </p>
        <input id="paper" type="file" accept="application/pdf,.pdf" aria-describedby="paper-hint" />
      </div>
      <div id="compared" role="status" />
    </section>
  );
}

/** «24 ноября 2026 года, 15:20 (МСК)». */
const momentOf = (at: number, frame: Frame): string => `${documentDateOf(at, frame.clinic.zone, frame.lang)}, ${clinicClockOf(at, frame)}`;
