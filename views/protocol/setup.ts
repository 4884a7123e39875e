// The data that the page passes to the editor's script: the save that the text is based on, what may be inserted, sentences in the reader's
// language. It is JSON in the page, which only the doctor of the consultation can open.
import type { Draft, DraftField, TemplateBody, QuickPhrase } from '../../workflows/rules/protocol-draft.ts';
import type { Frame } from '../model.ts';
import type { EditorView } from './protocol-view.ts';
import type { ProtocolWords } from '../words/protocol.ru.ts';
import { wordsOf } from '../words.ts';

export interface ProtocolSetup {
  readonly consultationId: string;
  /** The doctor. Text kept in the browser is stored under this id, so that nobody else gets it. */
  readonly personId: string;
  readonly round: number;
  readonly version: number;
  readonly savedAt: number | null;
  /** The text that the server has, or the text of the refused form that it has drawn again. */
  readonly draft: Draft;
  /** The text that another tab has saved meanwhile, when the server has drawn both texts. */
  readonly other: Draft | null;
  readonly zone: string;
  readonly templates: readonly { readonly id: string; readonly body: TemplateBody }[];
  readonly phrases: readonly QuickPhrase[];
  readonly fields: Record<DraftField, string>;
  readonly words: ProtocolWords['live'];
}

export function protocolSetupOf(frame: Frame, view: EditorView): ProtocolSetup {
  const { protocol } = wordsOf(frame.lang);
  return {
    consultationId: view.visit.consultationId,
    personId: frame.viewer?.id ?? '',
    round: view.round,
    version: view.version,
    savedAt: view.savedAt,
    draft: view.draft,
    other: view.clash?.draft ?? null,
    zone: frame.clinic.zone,
    templates: view.templates.map(({ id, body }) => ({ id, body })),
    phrases: view.phrases,
    fields: protocol.fields,
    words: protocol.live,
  };
}
