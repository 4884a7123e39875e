// Measures a medical card of 500 protocols, read in one D1 round trip: drawn and searched, against a Hono hello.
import { newId } from '../../worker/data/ids.ts';
import { stemsIn } from '../../worker/card/stems.ts';
import { EMPTY_PROTOCOL } from '../../workflows/rules/protocol.ts';
import type { Statement } from '../../stand/clinic/clinic.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, patient, sessionFor } from '../cast.ts';
import type { Edge } from './edge.ts';
import { perSecond } from './pages.ts';
import type { Line } from './table.ts';

const PROTOCOLS = 500;
const CONTENT = {
  ...EMPTY_PROTOCOL,
  complaints: 'Боль отдаёт к сердцу, особенно вечером. '.repeat(10),
  conclusion: 'Для уточнения причины жалоб нужен очный приём. '.repeat(10),
  recommendations: 'Дневник давления: утром и вечером, сидя, после пяти минут отдыха. '.repeat(10),
};

/** The same text as worker/data/card-words.ts writes; that module runs only in workerd. */
const STEMS = stemsIn(`${CONTENT.complaints} ${CONTENT.conclusion} ${CONTENT.recommendations}`)
  .map(({ stem }) => stem)
  .join(' ');

export async function cardLines(edge: Edge, now: number): Promise<Line[]> {
  const vera = await patient(9_000, now);
  const doctor = await sessionFor(MAKETOVA.id, 9_001, now);
  await edge.run([...vera.statements, ...doctor.statements]);
  const [session] = await edge.all('SELECT id FROM session WHERE token_hash = ?', [doctor.tokenHash]);
  for (let i = 0; i < PROTOCOLS; i += 50)
    await edge.run(Array.from({ length: 50 }, (_, j) => signed(vera, now - (i + j + 1) * DAY, String(session?.['id']))).flat());
  const paths = ['/card', '/card?kind=protocol&year=2025', `/card?q=${encodeURIComponent('боли в сердце')}`];
  const lines: Line[] = [];
  for (const path of paths) {
    const hello = await perSecond(edge.hello);
    const page = await perSecond(new URL(path, edge.cabinet), vera);
    lines.push({
      what: `${decodeURIComponent(path)}, ${PROTOCOLS} protocols`,
      figure: `${(page / hello).toFixed(3)} of hello (${page.toFixed(0)} of ${hello.toFixed(0)} req/s)`,
      target: '',
      met: null,
    });
  }
  return lines;
}

function signed(who: CastPerson, at: number, sessionId: string): Statement[] {
  const [visit, id] = [newId(), newId()];
  return [
    {
      sql: `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
        VALUES (?, ?, ?, ?, ?, 230000, 'RUB', ?, 'ru', ?, ?)`,
      args: [visit, who.id, MAKETOVA.doctorId, at, at + 30 * MINUTE, who.email, at, newId()],
    },
    {
      sql: 'INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at, firm_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      args: [visit, MAKETOVA.doctorId, who.id, at, at + 30 * MINUTE, at, at],
    },
    {
      sql: "INSERT INTO visit_confirmation (id, consultation_id, schedule_version, at, person_id, by) VALUES (?, ?, 1, ?, ?, 'patient')",
      args: [newId(), visit, at + HOUR / 2, who.id],
    },
    {
      sql: "INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?, ?, ?, 'tookPlace')",
      args: [visit, at + 30 * MINUTE, MAKETOVA.id],
    },
    {
      sql: 'INSERT INTO protocol (id, consultation_id, version, content, content_hash, verify_code, published_at) VALUES (?, ?, 1, ?, ?, ?, ?)',
      args: [id, visit, JSON.stringify(CONTENT), id, id, at + HOUR],
    },
    {
      sql: 'INSERT INTO signature (protocol_id, person_id, session_id, content_hash, at) VALUES (?, ?, ?, ?, ?)',
      args: [id, MAKETOVA.id, sessionId, id, at + HOUR],
    },
    {
      sql: 'INSERT INTO card_words (protocol_id, patient_id, stems) VALUES (?, ?, ?)',
      args: [id, who.id, `${who.id.replaceAll('-', '')} ${STEMS}`],
    },
  ];
}
