// The clinic's copy of МКБ-10: searched by the beginning of a code or by words of a title, and read by code when a protocol is signed.
// Called by worker/routes/desk/icd.ts and worker/routes/desk/signatures.tsx.
import type { Diagnosis } from '../../workflows/rules/protocol.ts';
import { every, one, type Read, text } from './db.ts';
import { AS_ASKER, type Asker, asArgs, MY_DOCTOR } from './asker.ts';

const FOUND = 10;
const WORDS = 6;

/**
 * Entries whose code begins with the query, then entries with all its words, for a doctor; empty for anybody else and for an empty query.
 */
export function icdRead(asker: Asker, query: string): Read<Diagnosis[]> {
  const words = wordsIn(query).slice(0, WORDS);
  const places = words.map((_, i) => `instr(i.search, ?${i + 4}) > 0`);
  return {
    sql: `${AS_ASKER} SELECT i.code, i.title FROM icd_code i WHERE ${MY_DOCTOR} IS NOT NULL
      AND ?3 <> '' AND (substr(lower(i.code), 1, length(?3)) = ?3 OR (${places.join(' AND ') || '0'}))
      ORDER BY substr(lower(i.code), 1, length(?3)) <> ?3, i.code LIMIT ${FOUND}`,
    args: [...asArgs(asker), words.join(' '), ...words],
    take: every(row => ({ code: text(row, 'code'), title: text(row, 'title') })),
  };
}

/** One entry by its code; null when the list does not have it. */
export const icdCodeRead = (code: string): Read<Diagnosis | null> => ({
  sql: 'SELECT i.code, i.title FROM icd_code i WHERE i.code = ?1',
  args: [code],
  take: one(row => ({ code: text(row, 'code'), title: text(row, 'title') })),
});

const wordsIn = (query: string): string[] => query.slice(0, 100).toLowerCase().replaceAll('ё', 'е').split(/\s+/).filter(Boolean);
