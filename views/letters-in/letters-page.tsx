// Letters that wait for a person, the oldest first: from whom, about what, and why nobody else could deal with it.
import type { LetterWhy } from '../../workflows/rules/letter-in.ts';
import { momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

export interface LettersInPageProps {
  readonly frame: Frame;
  readonly letters: readonly {
    readonly id: string;
    readonly receivedAt: number;
    readonly sender: string | null;
    readonly subject: string;
    readonly why: LetterWhy;
    readonly number: string | null;
    /** How many wait in all; the list shows the oldest of them. */
    readonly waiting: number;
  }[];
}

export function LettersInPage({ frame, letters }: LettersInPageProps) {
  const w = wordsOf(frame.lang).lettersIn;
  const waiting = letters[0]?.waiting ?? 0;
  return (
    <Layout frame={frame} title={w.title} current="letters" staff>
      <div>
        <h1>{w.title}</h1>
        <p class="muted">{waiting > letters.length ? w.shownOf(letters.length, waiting) : w.text}</p>
      </div>
      {letters.length === 0 ? (
        <Empty heading={w.none}>
          <p>{w.noneText}</p>
        </Empty>
      ) : (
        <ul class="list" aria-label={w.title}>
          {letters.map(({ id, receivedAt, sender, subject, why, number }) => (
            <li>
              <p>
                <a href={`/finance/letters/${id}`}>{subject || w.noSubject}</a>
              </p>
              <p class="muted">
                {sender ?? w.noSender},{' '}
                <Time frame={frame} at={receivedAt}>
                  {momentOf(receivedAt, frame)}
                </Time>
                {number !== null && `, ${number}`}
              </p>
              <p>{w.why[why]}</p>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}
