// «Чат и файлы»: also works when video does not.
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- The log scrolls, and with a keyboard only a focused element can be scrolled. */
import { FILE_ACCEPT } from '../../workflows/rules/file.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import { PanelHeader } from './devices-panel.tsx';

export function ChatPanel({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).room;
  return (
    <aside class="chat" id="chat" aria-label={w.chatTitle} data-panel hidden>
      <PanelHeader frame={frame} title={w.chatTitle} />
      {/* Later changes of a line's state are not announced. */}
      <div class="log" role="log" aria-relevant="additions" aria-label={w.messages} tabIndex={0} data-log>
        <ol class="thread" data-thread />
      </div>
      <button class="button quiet below" type="button" data-below hidden>
        {w.newBelow}
      </button>
      <form aria-label={w.newMessage} data-chat-form>
        <label class="button quiet attach">
          <Icon name="clip" />
          <span class="away">{w.attach}</span>
          <input class="away" type="file" accept={FILE_ACCEPT} multiple data-attach />
        </label>
        <input name="text" aria-label={w.message} placeholder={w.message} maxLength={2000} autocomplete="off" enterkeyhint="send" />
        <button class="button">
          <Icon name="send" />
          <span class="away">{w.send}</span>
        </button>
      </form>
    </aside>
  );
}
