// Who asks. A session is named by the hash of its token, and every statement about a person's records begins with the table of who asks, so that a
// page costs one round trip and an ended session sees nothing. The system itself (activities, notices) names the record instead.

export interface Asker {
  /** SHA-256 of the session's token, hex; the empty string for somebody who is not signed in. */
  readonly tokenHash: string;
  readonly now: number;
}

/** ?1 and ?2 of every statement that begins with AS_ASKER; its own arguments follow from ?3. */
export const asArgs = (asker: Asker): [string, number] => [asker.tokenHash, asker.now];

/** The common table of who asks: one row with the session, the person and the doctor that the person is; no row without a live session. */
const ASKING = `asking AS MATERIALIZED (
  SELECT s.id AS session_id, s.person_id AS me, (SELECT d.id FROM doctor d WHERE d.person_id = s.person_id) AS doctor_id
  FROM session s WHERE s.token_hash = ?1 AND s.ended_at IS NULL AND s.expires_at > ?2 AND s.idle_until > ?2)`;

/** What a statement for an asker begins with. */
export const AS_ASKER = `WITH ${ASKING}`;

/** The asking person's id. */
export const ME = '(SELECT me FROM asking)';

/** The id of the doctor that the asking person is; null for others. */
export const MY_DOCTOR = '(SELECT doctor_id FROM asking)';

// Who may see a consultation `c`: conditions of statements that begin with AS_ASKER.
export const IS_PATIENT = `c.patient_id = ${ME}`;
export const IS_DOCTOR = `c.doctor_id = ${MY_DOCTOR}`;
export const MEETS = `(${IS_PATIENT} OR ${IS_DOCTOR})`;
