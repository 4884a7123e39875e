// The asker: who sends a request. Every statement about a person's records begins with a common table that finds the session by the hash of
// its token, so a page needs one round trip and an ended session reads nothing. The system itself (activities, notices) passes the id of a
// record instead.

export interface Asker {
  /** SHA-256 of the session's token, hex; the empty string for somebody who is not signed in. */
  readonly tokenHash: string;
  readonly now: number;
}

/** Arguments ?1 and ?2 of every statement that begins with AS_ASKER; its own arguments start at ?3. */
export const asArgs = (asker: Asker): [string, number] => [asker.tokenHash, asker.now];

/**
 * The common table `asking`: one row with the session, the person, the id of the doctor that the person acts as (null without the role), and the visit
 * to which the session is limited; no row without a live session.
 */
const ASKING = `asking AS MATERIALIZED (
  SELECT s.id AS session_id, s.visit_id AS only_visit, s.person_id AS me,
    (SELECT d.id FROM acting_doctor d WHERE d.person_id = s.person_id) AS doctor_id
  FROM session s WHERE s.token_hash = ?1 AND s.ended_at IS NULL AND s.expires_at > ?2 AND s.idle_until > ?2)`;

/** The beginning of every statement for an asker. */
export const AS_ASKER = `WITH ${ASKING}`;

/** SQL: the asker's person id. */
export const ME = '(SELECT me FROM asking)';

/** SQL: the asker's doctor id; null when the asker is not a doctor. */
export const MY_DOCTOR = '(SELECT doctor_id FROM asking)';

// Conditions on a consultation `c`, for statements that begin with AS_ASKER.
export const IS_PATIENT = `c.patient_id = ${ME}`;
export const IS_DOCTOR = `c.doctor_id = ${MY_DOCTOR}`;
export const MEETS = `(${IS_PATIENT} OR ${IS_DOCTOR})`;
