// Templates and quick phrases for a protocol, the specialty's and the doctor's own. Called by worker/protocol/editor.ts and
// worker/routes/desk/protocols.tsx.
import { TEXT_FIELDS } from '../../workflows/rules/protocol.ts';
import type { TemplateBody, ProtocolTemplate, QuickPhrase } from '../../workflows/rules/protocol-draft.ts';
import { type Database, every, number, type Read, text, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, MY_DOCTOR } from './asker.ts';
import { audited } from './audit.ts';
import { newId } from './ids.ts';

// The doctor's own come last, after those of the specialty.
const MINE = `JOIN doctor d ON d.id = ${MY_DOCTOR} WHERE t.specialty_id = d.specialty_id OR t.doctor_id = d.id ORDER BY t.doctor_id IS NOT NULL, t.at, t.id`;

export const templatesRead = (asker: Asker): Read<ProtocolTemplate[]> => ({
  sql: `${AS_ASKER} SELECT t.id, t.name, t.body, t.doctor_id IS NOT NULL AS own FROM protocol_template t ${MINE}`,
  args: asArgs(asker),
  take: every(row => ({
    id: text(row, 'id'),
    name: text(row, 'name'),
    isOwn: number(row, 'own') === 1,
    body: JSON.parse(text(row, 'body')) as TemplateBody,
  })),
});

export const phrasesRead = (asker: Asker): Read<QuickPhrase[]> => ({
  sql: `${AS_ASKER} SELECT t.id, t.field, t.text FROM quick_phrase t ${MINE}`,
  args: asArgs(asker),
  take: rows =>
    rows.flatMap(row => {
      const field = TEXT_FIELDS.find(known => known === row['field']);
      return field === undefined ? [] : [{ id: text(row, 'id'), field, text: text(row, 'text') }];
    }),
});

export interface OwnTemplate {
  readonly doctorId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly body: TemplateBody;
}

/** Saves a doctor's own template; it replaces one with the same name. */
export async function keepTemplate(db: Database, t: OwnTemplate, now: number): Promise<void> {
  const id = newId();
  await write(db, [
    { sql: 'DELETE FROM protocol_template WHERE doctor_id = ?1 AND name = ?2', args: [t.doctorId, t.name] },
    {
      sql: 'INSERT INTO protocol_template (id, doctor_id, name, body, at) VALUES (?1, ?2, ?3, ?4, ?5)',
      args: [id, t.doctorId, t.name, JSON.stringify(t.body), now],
    },
    audited({ now, personId: t.personId, sessionId: t.sessionId, act: 'template.keep', kind: 'template', id }),
  ]);
}
