// The link to the same page in the other language. The rail and the footer show it.
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export function LangLink({ frame, button }: { readonly frame: Frame; readonly button?: boolean }) {
  const other = frame.lang === 'ru' ? 'en' : 'ru';
  const url = new URL(frame.path, 'http://here');
  url.searchParams.set('lang', other);
  return (
    <a href={url.pathname + url.search} lang={other} hrefLang={other} class={button ? 'button plain' : undefined}>
      {wordsOf(frame.lang).frame.otherLang}
    </a>
  );
}
