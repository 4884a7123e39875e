// The frame of every page: head, skip link, rail, main and footer. A page hands over its title and where it stands.
import type { ComponentChildren } from 'preact';
import type { Frame } from './model.ts';
import { Phone } from './parts/notice.tsx';
import { Rail } from './rail.tsx';
import { Rich } from './parts/rich.tsx';
import { DoorStrip } from './room/door-strip.tsx';
import { wordsOf } from './words.ts';

export type Place = 'online' | 'appointments' | 'card' | 'help' | 'desk';

export interface LayoutProps {
  readonly frame: Frame;
  readonly title: string;
  /** The place in the rail; null when the page belongs to none. */
  readonly current: Place | null;
  /** One narrow column without places: the way in, failures. */
  readonly solo?: boolean;
  readonly staff?: boolean;
  /** No rail, no footer, and the page brings its own main: the doctor's room. */
  readonly bare?: boolean;
  readonly head?: ComponentChildren;
  /** What stands beside main: the call of a room, which the island shows in its place. */
  readonly beside?: ComponentChildren;
  readonly children: ComponentChildren;
}

// htmx asks the server again on «back» and never evaluates text: the policy has no 'unsafe-eval', and no style of its own is allowed in.
const HTMX_CONFIG = '{"includeIndicatorCSS":false,"history":"reload","defaultTimeout":20000}';

// In a room the keyboard takes its place from the page, so that the buttons and what is being written stay above it.
const VIEWPORT = 'width=device-width, initial-scale=1, viewport-fit=cover';

// Nothing is painted before the last element is read, so a page that comes in pieces does not jump. HTML's; Preact's types do not know it yet.
const WHOLE_FIRST = { rel: 'expect', href: '#said', blocking: 'render' };

/** As the tab bears it. */
export const titleOf = (frame: Frame, title: string): string => `${title} — ${frame.clinic.name[frame.lang]}`;

export function Layout({ frame, title, current, solo, staff, bare, head, beside, children }: LayoutProps) {
  const w = wordsOf(frame.lang).frame;
  const { assets, nonce } = frame;
  return (
    <html lang={frame.lang} data-live-reload={frame.liveReload ? '' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content={bare || beside ? `${VIEWPORT}, interactive-widget=resizes-content` : VIEWPORT} />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={HTMX_CONFIG} />
        <title>{titleOf(frame, title)}</title>
        <link rel="icon" href="/mark.svg" />
        <link rel="stylesheet" href={assets.style} />
        <link {...WHOLE_FIRST} />
        <script type="module" src={assets.htmx} nonce={nonce} defer />
        <script type="module" src={assets.main} nonce={nonce} defer />
        {head}
      </head>
      <body class={bare ? 'staff' : staff ? 'app staff' : 'app'}>
        <a class="skip" href="#main">
          {w.skip}
        </a>
        {!bare && <Rail frame={frame} current={current} solo={solo ?? false} staff={staff ?? false} />}
        {bare ? (
          children
        ) : (
          <main id="main" tabIndex={-1} class={solo ? 'solo' : undefined}>
            {frame.openDoor && !beside && <DoorStrip frame={frame} door={frame.openDoor} />}
            {children}
          </main>
        )}
        {beside}
        <p id="said" class="away" role="status" />
        {!bare && <Footer frame={frame} />}
      </body>
    </html>
  );
}

function Footer({ frame }: { readonly frame: Frame }) {
  const w = wordsOf(frame.lang).frame;
  const { clinic } = frame;
  return (
    <footer>
      <p>
        {clinic.legalName}, {w.licence} {clinic.licence}. {clinic.address}. {w.reception} <Phone frame={frame} />
      </p>
      <p>
        <Rich text={w.urgent} /> <a href="/help">{w.help}</a> · <a href="/consents">{w.documentsShort}</a> · <LangLink frame={frame} />
      </p>
    </footer>
  );
}

/** The same page in the other language. */
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
