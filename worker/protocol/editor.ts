// The data of the protocol editor: saves, signed versions, and what the rules compute from them. Called by own-protocol.tsx,
// worker/routes/room/meeting.tsx and worker/routes/desk/in-person-visits.tsx.
import type { EditorView, ProtocolVisit } from '../../views/protocol/protocol-view.ts';
import { type Draft, EMPTY_DRAFT, maySign } from '../../workflows/rules/protocol-draft.ts';
import { guardOf, type SignedProtocol } from '../../workflows/rules/protocol.ts';
import type { Answers } from '../data/db.ts';
import type { Asker } from '../data/asker.ts';
import { fromCardRead } from '../data/from-card.ts';
import { inPersonVisitsRead } from '../data/in-person-visits.ts';
import type { Meeting } from '../data/meetings.ts';
import { draftRead, pastSavesRead } from '../data/protocol-drafts.ts';
import { signedRead } from '../data/protocols.ts';
import { answersRead } from '../data/questionnaires.ts';
import { phrasesRead, templatesRead } from '../data/templates.ts';
import { dateIn } from '../booking/zone.ts';
import { fullNameOf } from '../../workflows/rules/person.ts';

/** Each read returns data only to the doctor of the consultation. */
export const editorReads = (asker: Asker, id: string) => ({
  saved: draftRead(asker, id),
  pastSaves: pastSavesRead(asker, id),
  signed: signedRead(asker, id),
  records: inPersonVisitsRead(asker, id),
  templates: templatesRead(asker),
  phrases: phrasesRead(asker),
  answered: answersRead(asker, id),
  fromCard: fromCardRead(asker, id),
});

export type EditorFacts = Answers<ReturnType<typeof editorReads>>;

export function editorOf(meeting: Meeting, facts: EditorFacts, zone: string): EditorView {
  const { saved, signed } = facts;
  return {
    visit: visitOf(meeting),
    round: signed.length + 1,
    version: saved?.version ?? 0,
    savedAt: saved?.at ?? null,
    draft: saved?.draft ?? beginningOf(signed),
    guard: guardOf(facts.records, dateIn(zone, meeting.consultation.facts.startsAt)),
    records: facts.records,
    pastSaves: facts.pastSaves,
    templates: facts.templates,
    phrases: facts.phrases,
    answered: facts.answered,
    fromCard: facts.fromCard,
    flaws: [],
    clash: null,
    visitMistake: null,
    maySign: maySign(meeting.consultation.facts),
  };
}

/** An amendment starts with the last signed text. */
function beginningOf(signed: readonly SignedProtocol[]): Draft {
  const last = signed.at(-1);
  return last === undefined ? EMPTY_DRAFT : { content: last.content, reason: '' };
}

export const visitOf = ({ consultation, patient }: Meeting): ProtocolVisit => ({
  consultationId: consultation.id,
  patientName: fullNameOf(patient),
  patientBirthDate: patient.birthDate,
  doctor: consultation.doctor,
  slot: consultation.facts,
  concludedAt: consultation.facts.concludedAt,
});
