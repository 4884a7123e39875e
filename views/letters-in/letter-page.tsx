// One letter that came in, as text: nothing of it is drawn as HTML, and no link of it can be pressed. With what was attached and what became of it, and the two
// acts: attach it to a claim, or settle it with a note.
import type { LetterWhy, Machine, PartVerdict } from '../../workflows/rules/letter-in.ts';
import { momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { FieldMistake } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

export type LetterMistake = 'note' | 'number' | 'settled';

export interface LetterInPageProps {
  readonly frame: Frame;
  readonly letter: {
    readonly id: string;
    readonly bytes: number;
    readonly receivedAt: number;
    readonly envelopeFrom: string;
    readonly envelopeTo: string;
    readonly sender: string | null;
    readonly subject: string;
    readonly text: string;
    readonly machine: Machine | null;
    readonly why: LetterWhy | null;
    readonly number: string | null;
    readonly relation: 'own' | 'other' | null;
    readonly settled: { readonly at: number; readonly by: string; readonly note: string } | null;
    readonly parts: readonly { readonly name: string; readonly bytes: number; readonly verdict: PartVerdict }[];
  };
  readonly typed?: { readonly note: string; readonly number: string };
  readonly mistake?: LetterMistake | null;
}

export function LetterInPage({ frame, letter, typed = { note: '', number: '' }, mistake = null }: LetterInPageProps) {
  const w = wordsOf(frame.lang).lettersIn;
  const { why, settled, number } = letter;
  return (
    <Layout frame={frame} title={letter.subject || w.noSubject} current="letters" staff>
      <div class="stack tight">
        <Crumb href="/finance/letters">{w.title}</Crumb>
        <h1>{letter.subject || w.noSubject}</h1>
      </div>
      {mistake === 'settled' && <Notice tone="warn" icon="info" role="alert" text={w.stale} />}
      {settled !== null && (
        <Notice tone="ok" icon="check" role="status" lead={w.settledBy(settled.by, momentOf(settled.at, frame))} text={settled.note} />
      )}
      {why !== null && settled === null && <Notice tone="warn" icon="alert" role="note" text={w.why[why]} />}
      {letter.relation === 'other' && <Notice tone="warn" icon="mail" role="note" text={w.otherAddress} />}
      <Facts frame={frame} letter={letter} />
      <section class="card" aria-labelledby="words">
        <h2 id="words">{w.words}</h2>
        {letter.text === '' ? <p class="muted">{w.noText}</p> : letter.text.split(/\n{2,}/).map(paragraph => <p>{lines(paragraph)}</p>)}
      </section>
      {why !== null && settled === null && number === null && <Attach {...{ frame, letter, typed, mistake }} />}
      {why !== null && settled === null && (
        <Settle {...{ frame, letter, typed, mistake: number === null && typed.number !== '' ? null : mistake }} />
      )}
    </Layout>
  );
}

const lines = (paragraph: string) => paragraph.split('\n').flatMap((line, i) => (i === 0 ? [line] : [<br />, line]));

function Facts({ frame, letter }: Pick<LetterInPageProps, 'frame' | 'letter'>) {
  const w = wordsOf(frame.lang).lettersIn;
  const rows: [string, string][] = [
    [w.from, letter.sender ?? w.noSender],
    [w.returnPath, letter.envelopeFrom || w.noReturnPath],
    [w.to, letter.envelopeTo],
    [w.at, momentOf(letter.receivedAt, frame)],
    [w.claim, letter.number ?? w.noClaim],
    ...(letter.machine === null ? [] : [[w.writtenBy, w.machine[letter.machine]] as [string, string]]),
  ];
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{w.facts}</h2>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {letter.parts.length > 0 && (
        <>
          <h3>{w.parts}</h3>
          <ol>
            {letter.parts.map(({ name, bytes, verdict }) => (
              <li>
                {name || w.noName}, {w.kilobytes(Math.ceil(bytes / 1024))}: {w.verdict[verdict]}
              </li>
            ))}
          </ol>
        </>
      )}
      <p>
        <a href={`/finance/letters/${letter.id}/whole`} download>
          {w.whole(Math.ceil(letter.bytes / 1024))}
        </a>
      </p>
    </section>
  );
}

type FormProps = Required<Omit<LetterInPageProps, 'frame'>> & { readonly frame: Frame };

function Attach({ frame, letter, typed, mistake }: FormProps) {
  const w = wordsOf(frame.lang).lettersIn;
  return (
    <form class="card" method="post" action={`/finance/letters/${letter.id}/attachment`} aria-labelledby="attach">
      <h2 id="attach">{w.attach}</h2>
      <p>{w.attachText}</p>
      <div class="field">
        <label for="number">{w.number}</label>
        <p class="hint" id="number-hint">
          {w.numberHint}
        </p>
        {mistake === 'number' && <FieldMistake frame={frame} id="number-error" text={w.numberMistake} />}
        <input
          id="number"
          name="number"
          value={typed.number}
          autoComplete="off"
          required
          maxLength={40}
          aria-describedby={mistake === 'number' ? 'number-hint number-error' : 'number-hint'}
          aria-invalid={mistake === 'number' ? 'true' : undefined}
        />
      </div>
      <Note frame={frame} id="attach-note" label={w.attachWhy} typed={typed.note} isMistaken={mistake === 'note'} />
      <div class="acts">
        <button class="button">{w.attachDo}</button>
      </div>
    </form>
  );
}

function Settle({ frame, letter, typed, mistake }: FormProps) {
  const w = wordsOf(frame.lang).lettersIn;
  return (
    <form class="card" method="post" action={`/finance/letters/${letter.id}/settlement`} aria-labelledby="settle">
      <h2 id="settle">{w.settle}</h2>
      <p>{w.settleText}</p>
      <Note
        frame={frame}
        id="settle-note"
        label={w.settleWhy}
        typed={typed.number === '' ? typed.note : ''}
        isMistaken={mistake === 'note'}
      />
      <div class="acts">
        <button class="button quiet">{w.settleDo}</button>
      </div>
    </form>
  );
}

interface NoteProps {
  readonly frame: Frame;
  readonly id: string;
  readonly label: string;
  readonly typed: string;
  readonly isMistaken: boolean;
}

function Note({ frame, id, label, typed, isMistaken }: NoteProps) {
  const w = wordsOf(frame.lang).lettersIn;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {isMistaken && <FieldMistake frame={frame} id={`${id}-error`} text={w.noteMistake} />}
      <textarea
        id={id}
        name="note"
        required
        minLength={5}
        maxLength={1000}
        aria-describedby={isMistaken ? `${id}-error` : undefined}
        aria-invalid={isMistaken ? 'true' : undefined}
      >
        {typed}
      </textarea>
    </div>
  );
}
