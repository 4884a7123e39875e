// The layout of every page: head, skip link, rail, main and footer. A page passes its title and its place in the rail.
import type { ComponentChildren } from 'preact';
import type { Frame } from './model.ts';
import { LangLink } from './parts/lang-link.tsx';
import { Phone } from './parts/notice.tsx';
import type { Place } from './places.ts';
import { Rail } from './rail.tsx';
import { Rich } from './parts/rich.tsx';
import { DoorStrip } from './room/door-strip.tsx';
import { wordsOf } from './words.ts';

export interface LayoutProps {
  readonly frame: Frame;
  readonly title: string;
  /** The page's place in the rail; null when it has none. */
  readonly current: Place | null;
  /** One narrow column without the rail's places: sign-in and failures. */
  readonly solo?: boolean;
  readonly staff?: boolean;
  /** No rail and no footer, and the page has its own main element: the doctor's room. */
  readonly bare?: boolean;
  readonly head?: ComponentChildren;
  /** Content beside main: the call of a room, which the script shows instead of main. */
  readonly beside?: ComponentChildren;
  readonly children: ComponentChildren;
}

// `history: reload` makes htmx request the page from the server on «back». The content security policy has no 'unsafe-eval' and forbids
// inline styles, so htmx's own indicator styles are off.
// A morphed <details> stays as the person left it.
const HTMX_CONFIG = '{"includeIndicatorCSS":false,"history":"reload","defaultTimeout":20000,"morphIgnore":["data-htmx-powered","open"]}';

// A room's page adds `interactive-widget=resizes-content`: the on-screen keyboard then shrinks the page, so that the buttons and the text
// field stay above it.
const VIEWPORT = 'width=device-width, initial-scale=1, viewport-fit=cover';

// The browser paints nothing before the last element is parsed, so a page that arrives in parts does not jump. This is HTML's `rel=expect`;
// Preact's types do not have it yet.
const WHOLE_FIRST = { rel: 'expect', href: '#said', blocking: 'render' };

/** The title as the browser's tab shows it. */
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
