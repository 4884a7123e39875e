// МКБ-10 as the clinic has loaded it: found by the beginning of a code or by words of a title, and asked for one code when a protocol is signed.
import type { Diagnosis } from '../../workflows/rules/protocol.ts';
import { every, one, type Read, text } from './db.ts';
import { AS_ASKER, type Asker, asArgs, MY_DOCTOR } from './asker.ts';

const FOUND = 10;
const WORDS = 6;

/** What begins with this code, then what has all these words, for a doctor; nothing for anybody else and for an empty query. */
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

/** One code of the list; null when it is not there. */
export const icdCodeRead = (code: string): Read<Diagnosis | null> => ({
  sql: 'SELECT i.code, i.title FROM icd_code i WHERE i.code = ?1',
  args: [code],
  take: one(row => ({ code: text(row, 'code'), title: text(row, 'title') })),
});

const wordsIn = (query: string): string[] => query.slice(0, 100).toLowerCase().replaceAll('ё', 'е').split(/\s+/).filter(Boolean);
