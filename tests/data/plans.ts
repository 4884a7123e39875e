// Reads the plans of statements as SQLite tells them and says what grows with the past of the clinic: a table that is walked through, a range that
// begins at the first visit ever, everything that one doctor or patient ever had. Used by plans.test.ts.
import { isGrowing, RETENTION, type Retention } from '../../worker/data/retention.ts';
import { d1 } from './d1.ts';

/** Partial indexes whose rows leave by themselves: a range or a scan of one of them ends soon, whatever its bounds. */
export const LIVE = [
  'attendance_open', //       who is in a room now
  'difference_open', //       differences that nobody has settled
  'hold_unended', //          paid visits without an outcome
  'hold_unended_start',
  'hold_unpaid_doctor', //    reservations of the last minutes
  'hold_unpaid_patient',
  'handover_person', //       offers of another device that nobody took
  'letter_again', //         letters that wait to be sent to another address
  'letter_in_unjudged', //   letters that came in and are not judged yet
  'letter_in_waits', //      letters that wait for a person
  'letter_queued', //         letters that wait to be sent
  'outbox_consultation', //   lines that nobody has heard
  'outbox_undelivered',
  'outbox_waiting',
  'payment_open', //          payments that the provider has not decided about
  'payment_unheard', //       payments whose beginning was not answered
  'receipt_open', //          receipts that are not registered
  'receipt_unregistered',
  'reconciliation_open', //   comparisons that run
  'refund_claim_due', //      claims about which something is left to do
  'refund_claim_open', //     claims that nobody has decided
  'refund_open', //           refunds on their way
  'refund_by_hand', //        refunds that are to be paid by hand
  'refund_claim_open', //     claims that nobody has decided
  'refund_refused', //        refunds that wait for a person
  'refund_unreviewed', //     refunds made elsewhere that nobody has looked at
  'rendering_failed', //      papers that could not be made: each is a fault that somebody mends
  'room_pass_live', //        the pass of each side
  'session_person', //        sessions that are not ended; the sweep takes the dead ones
];

/** Whose rows are a whole past: a search by nothing but these reads all of it. */
const OWNERS = ['doctor_id', 'patient_id', 'person_id'];

export interface Planned {
  /** The file or the trigger that the statement is of. */
  readonly from: string;
  readonly sql: string;
  readonly args: readonly (string | number | null)[];
}

/** A step of a plan whose cost grows with the past. */
export interface Growing {
  readonly from: string;
  readonly sql: string;
  readonly what: 'every row' | 'from the beginning' | 'all of one owner' | 'cannot be read';
  /** The index with its terms, or the table. */
  readonly by: string;
}

/** The steps that grow, of all these statements. */
export async function growingIn(statements: readonly Planned[]): Promise<Growing[]> {
  const schema = await schemaOf();
  const plans = await d1.batch<{ detail: string }>(
    statements.map(({ sql, args }) => d1.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...args)),
  );
  return plans.flatMap(({ results }, i) => {
    const { from = '', sql = '' } = statements[i] ?? {};
    const steps = results.map(row => row.detail).filter(detail => /^(SCAN|SEARCH)\b/.test(detail));
    return steps.flatMap(step => judged(step, sql, schema) ?? []).map(judgement => ({ from, sql, ...judgement }));
  });
}

interface Schema {
  /** The table of each index. */
  readonly tables: ReadonlyMap<string, string>;
  readonly views: ReadonlyMap<string, string>;
}

async function schemaOf(): Promise<Schema> {
  const { results } = await d1.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master').all<Record<string, string>>();
  const of = (type: string, column: string) =>
    new Map(results.filter(row => row['type'] === type).map(row => [row['name'] ?? '', row[column] ?? '']));
  return { tables: of('index', 'tbl_name'), views: of('view', 'sql') };
}

const STEP =
  /^(SCAN|SEARCH) (\S+)(?: EXISTS)?(?: USING (?:AUTOMATIC )?(?:PARTIAL )?(?:COVERING )?(?:INDEX|INTEGER PRIMARY KEY)(?: (\w+))?)?(?: \((.+)\))?(?: LEFT-JOIN)?$/;
/** A search of FTS5 by its words has an M; one without them reads everything. */
const WORDS = / VIRTUAL TABLE INDEX \d+:M\d+$/;
const NO_TABLE = /^SCAN (CONSTANT ROW|json_each VIRTUAL TABLE .*)$/;

function judged(step: string, sql: string, schema: Schema): Pick<Growing, 'what' | 'by'> | null {
  if (WORDS.test(step) || NO_TABLE.test(step)) return null;
  const [, verb, name = '', index = '', terms = ''] = STEP.exec(step) ?? [];
  if (verb === undefined) return { what: 'cannot be read', by: step };
  const table = tablesOf(name, index, sql, schema).find(grows);
  if (table === undefined || LIVE.includes(index)) return null;
  if (verb === 'SCAN') return { what: 'every row', by: table };
  const columns = (sign: string) => terms.split(' AND ').flatMap(term => (term.endsWith(`${sign}?`) ? term.slice(0, -2) : []));
  const [equal, least, most] = [columns('='), columns('>'), columns('<')];
  const by = `${index} (${terms})`;
  if (most.some(column => !least.includes(column))) return { what: 'from the beginning', by };
  return least.length === 0 && equal.every(column => OWNERS.includes(column)) ? { what: 'all of one owner', by } : null;
}

function grows(table: string): boolean {
  const retention = (RETENTION as Readonly<Record<string, Retention>>)[table];
  return retention !== undefined && isGrowing(retention);
}

/** What a name in a plan may mean: an index knows its table; otherwise it is whatever has this name or alias in the statement or its views. */
function tablesOf(name: string, index: string, sql: string, { tables, views }: Schema): string[] {
  const table = tables.get(index);
  if (table !== undefined) return [table];
  const texts = [sql, ...[...views].flatMap(([view, text]) => (sql.includes(view) ? text : []))];
  const named = texts.flatMap(text =>
    [...text.matchAll(/(?:\b(?:FROM|JOIN|UPDATE)|,)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?/g)].flatMap(([, of = '', alias]) =>
      of === name || alias === name ? [of] : [],
    ),
  );
  // For an INSERT, SQLite also shows how it would look for rows that waited for the new key. It runs that only when there are any, and there never
  // are: a key is checked at once.
  return named.length === 0 && !/^\s*(WITH|INSERT)\b/.test(sql) ? [name] : named;
}

/** The statements in the bodies and conditions of all triggers, with the old and the new row as values. */
export async function triggerStatements(): Promise<Planned[]> {
  const { results } = await d1.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all<{ name: string; sql: string }>();
  return results.flatMap(({ name, sql }) => {
    const [, head = '', body = ''] = /^([\s\S]*?)\bBEGIN\b([\s\S]*)\bEND$/.exec(sql.trim()) ?? [];
    const [, condition] = /\bWHEN\b([\s\S]*)$/.exec(head) ?? [];
    const statements = [...body.split(';'), condition === undefined ? '' : `SELECT 1 WHERE ${condition}`];
    return statements.filter(statement => statement.trim() !== '').map(statement => asStatement(name, statement));
  });
}

const ROW = /\b(NEW|OLD)\.\w+/g;

function asStatement(from: string, text: string): Planned {
  const sql = text.replace(/RAISE\(ABORT, '\w+'\)/g, '1').replace(ROW, '?1');
  return { from, sql, args: sql.includes('?1') ? [1] : [] };
}
