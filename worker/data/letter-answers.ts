// The automatic answers to letters that came in: queued in the batch that judges the letter, at most one an address an hour and three a claim, sent afterwards.
// Called by worker/letters-in.
import { ANSWER_LETTER } from '../../workflows/rules/letter.ts';
import { PART_VERDICTS, type PartVerdict } from '../../workflows/rules/letter-in.ts';
import { fail } from '../../workflows/rules/assert-never.ts';
import type { Addressee } from './claim-addressees.ts';
import { askOne, type Database, every, one, text, textOrNull, type Write, write } from './db.ts';
import { newId } from './ids.ts';

/**
 * The subject of an answer is «answer:», the claim and the letter. It does not begin with the claim, because the letters that do are those of the claim's
 * own story.
 */
export const ANSWERS = 'answer:';
const HOUR_MS = 3_600_000;
/** Answers that one claim may cause, so that two programs that write to each other stop soon. */
export const ANSWERS_OF_CLAIM = 3;

/** The row of the answer; none when the address had one within the hour, or the claim had its three. */
export const queuesAnswer = (claim: Addressee, letterId: string, email: string, now: number): Write => ({
  sql: `INSERT INTO letter (id, consultation_id, kind, schedule_version, subject, email, queued_at, state_at)
    SELECT ?1, ?2, '${ANSWER_LETTER}', 1, '${ANSWERS}' || ?3 || ':' || ?4, ?5, ?6, ?6
    WHERE NOT EXISTS (SELECT 1 FROM letter t WHERE t.kind = 'claimLetter' AND t.email = ?5 AND t.queued_at > ?6 - ${HOUR_MS})
      AND (SELECT count(*) FROM letter t WHERE t.consultation_id = ?2 AND t.kind = 'claimLetter' AND t.schedule_version = 1
        AND t.subject BETWEEN '${ANSWERS}' || ?3 || ':' AND '${ANSWERS}' || ?3 || ';') < ${ANSWERS_OF_CLAIM}
    ON CONFLICT (consultation_id, kind, schedule_version, subject) DO NOTHING`,
  args: [newId(), claim.consultationId, claim.id, letterId, email, now],
});

export interface WaitingAnswer {
  readonly id: string;
  readonly claimId: string;
  readonly letterId: string;
  readonly email: string;
}

const UNSENT_MS = 5 * 60_000;

/** Takes up answers that are not sent: the one to this letter, or those that have waited. */
export const takeAnswers = (db: Database, letterId: string | null, now: number): Promise<WaitingAnswer[]> =>
  askOne(db, {
    sql: `UPDATE letter SET state_at = ?1 WHERE id IN (SELECT t.id FROM letter t WHERE t.state = 'queued' AND t.kind = '${ANSWER_LETTER}'
        AND CASE WHEN ?2 IS NULL THEN t.state_at < ?1 - ${UNSENT_MS} ELSE t.subject LIKE '${ANSWERS}%:' || ?2 END ORDER BY t.queued_at LIMIT 20)
      RETURNING id, subject, email`,
    args: [now, letterId],
    take: every(row => {
      const [, claimId = '', letter = ''] = text(row, 'subject').split(':');
      return { id: text(row, 'id'), claimId, letterId: letter, email: text(row, 'email') };
    }),
  });

export interface AnswerFacts {
  readonly number: string;
  readonly lang: 'ru' | 'en';
  readonly consultationId: string;
  readonly messageId: string | null;
  readonly subject: string;
  readonly verdicts: readonly PartVerdict[];
}

/** What an answer says; null when the claim or the letter is not there. */
export const answerFacts = (db: Database, { claimId, letterId }: WaitingAnswer): Promise<AnswerFacts | null> =>
  askOne(db, {
    sql: `SELECT m.number, c.lang, m.consultation_id, l.message_id, l.subject,
        (SELECT json_group_array(p.verdict) FROM letter_in_part p WHERE p.letter_id = l.id) AS verdicts
      FROM letter_in l JOIN refund_claim m ON m.id = ?1 JOIN consultation c ON c.id = m.consultation_id WHERE l.id = ?2`,
    args: [claimId, letterId],
    take: one(row => ({
      number: text(row, 'number'),
      lang: row['lang'] === 'en' ? 'en' : 'ru',
      consultationId: text(row, 'consultation_id'),
      messageId: textOrNull(row, 'message_id'),
      subject: text(row, 'subject'),
      verdicts: (JSON.parse(text(row, 'verdicts')) as unknown[]).map(verdictIn),
    })),
  });

export const verdictIn = (word: unknown): PartVerdict =>
  PART_VERDICTS.find(one => one === word) ?? fail(`A part of a letter that is ${String(word)}.`);

/** An answer that the provider refuses, or that would come too late to be of use, ends. */
export async function endAnswer(db: Database, id: string, why: 'refused' | 'tooLate', now: number): Promise<void> {
  await write(db, [
    { sql: "UPDATE letter SET state = 'failed', why = ?2, state_at = ?3 WHERE id = ?1 AND state = 'queued'", args: [id, why, now] },
  ]);
}
