// The memory of one Room in its own SQLite: seats, chat, media sessions, the doctor's call to the patient, the end. It survives eviction
// and deploys, and is deleted when the room is closed. Only worker/rooms/room.ts opens it.
import type { Side } from '../../workflows/rules/admission.ts';
import { LIMITS } from '../../workflows/rules/limits.ts';
import type { ChatLine } from '../../workflows/rules/room-messages.ts';
import type { Seat } from '../../workflows/rules/roster.ts';
import { number, type Row, text } from './db.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS word (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS seat (role TEXT PRIMARY KEY, attendance_id TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS media_session (id TEXT PRIMARY KEY, role TEXT NOT NULL, pass_hash TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS chat (seq INTEGER PRIMARY KEY AUTOINCREMENT, role TEXT NOT NULL, client_id TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL,
    UNIQUE (role, client_id));
`;

export interface Taken {
  readonly seat: Seat;
  readonly attendanceId: string;
}

export interface Words {
  readonly consultationId: string;
  /** Set when the room has ended: the outcome as JSON, which may be null. */
  readonly ended: string;
  readonly calledAt: string;
  /** The attendance of each side for which D1 has recorded entering the call. */
  readonly 'joined:patient': string;
  readonly 'joined:doctor': string;
  /** The attendance of each side that is being opened: D1 may have the row before the room knows it. */
  readonly 'coming:patient': string;
  readonly 'coming:doctor': string;
  /** Set in a room that is only used for a connection check: the last media session. */
  readonly check: string;
}

export type RoomMemory = ReturnType<typeof openMemory>;

export function openMemory(sql: SqlStorage) {
  sql.exec(SCHEMA);
  const rows = (query: string, ...args: (string | number)[]) => sql.exec<Row>(query, ...args).toArray();
  const lineOf = (row: Row): ChatLine => ({
    seq: number(row, 'seq'),
    clientId: text(row, 'client_id'),
    from: sideOf(row['role']),
    text: text(row, 'text'),
    at: number(row, 'at'),
  });

  const seats = (): Taken[] =>
    rows('SELECT attendance_id, body FROM seat').map(row => ({
      seat: JSON.parse(text(row, 'body')) as Seat,
      attendanceId: text(row, 'attendance_id'),
    }));

  return {
    word: (name: keyof Words): string | null => {
      const row = rows('SELECT value FROM word WHERE name = ?', name)[0];
      return row ? text(row, 'value') : null;
    },
    setWord: (name: keyof Words, value: string): void => {
      sql.exec('INSERT INTO word (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, value);
    },
    dropWord: (name: keyof Words): void => void sql.exec('DELETE FROM word WHERE name = ?', name),

    seats,
    taken: (role: Side): Taken | null => seats().find(({ seat }) => seat.role === role) ?? null,
    keepSeat: (seat: Seat, attendanceId: string): void => {
      sql.exec(
        'INSERT INTO seat (role, attendance_id, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET attendance_id = excluded.attendance_id, body = excluded.body',
        seat.role,
        attendanceId,
        JSON.stringify(seat),
      );
    },
    freeSeat: (role: Side): void => void sql.exec('DELETE FROM seat WHERE role = ?', role),

    keepSession: (id: string, role: Side, passHash: string): void => {
      sql.exec('INSERT OR IGNORE INTO media_session (id, role, pass_hash) VALUES (?, ?, ?)', id, role, passHash);
    },
    sessions: (): { id: string; role: Side; passHash: string }[] =>
      rows('SELECT id, role, pass_hash FROM media_session').map(row => ({
        id: text(row, 'id'),
        role: sideOf(row['role']),
        passHash: text(row, 'pass_hash'),
      })),
    /** Deletes the sessions of this side's other devices and returns their ids. */
    dropSessions: (role: Side, keptPassHash: string): string[] =>
      rows('DELETE FROM media_session WHERE role = ? AND pass_hash <> ? RETURNING id', role, keptPassHash).map(row => text(row, 'id')),

    /** Deletes the sessions of one device and returns their ids. */
    dropSessionsOf: (passHash: string): string[] =>
      rows('DELETE FROM media_session WHERE pass_hash = ? RETURNING id', passHash).map(row => text(row, 'id')),

    chat: (): ChatLine[] => rows('SELECT * FROM chat ORDER BY seq').map(lineOf),
    /** Number of the newest line; 0 when there is none. */
    lastSeq: (): number => Number(rows('SELECT coalesce(max(seq), 0) AS seq FROM chat')[0]?.['seq']),
    /** Adds a line and returns it. A repeated `clientId` returns the first line; null when this side's share is full. */
    say: (role: Side, clientId: string, words: string, at: number): ChatLine | null => {
      const said = () => rows('SELECT * FROM chat WHERE role = ? AND client_id = ?', role, clientId)[0];
      if (!said()) {
        const held = rows('SELECT count(*) AS n, coalesce(sum(length(CAST(text AS BLOB))), 0) AS bytes FROM chat WHERE role = ?', role)[0];
        const { chatLinesOfSide, chatBytesOfSide } = LIMITS;
        if (Number(held?.['n']) >= chatLinesOfSide.count || Number(held?.['bytes']) >= chatBytesOfSide.count) return null;
        sql.exec('INSERT INTO chat (role, client_id, text, at) VALUES (?, ?, ?, ?)', role, clientId, words, at);
      }
      const row = said();
      return row ? lineOf(row) : null;
    },
  };
}

const sideOf = (value: unknown): Side => (value === 'doctor' ? 'doctor' : 'patient');
