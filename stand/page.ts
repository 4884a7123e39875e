// The HTML layout of all pages of the stand, so that every page says that it is a stand. No script and no outside files. Used by all
// emulators.
import { html, raw } from 'hono/html';

export type Html = ReturnType<typeof html>;

export interface Page {
  readonly title: string;
  /** The system that this emulator replaces, in the nominative: «Госуслуги», «ЮKassa», «Почта». */
  readonly system: string;
  /** What is not real here, one sentence. */
  readonly notice: string;
  readonly body: Html;
  /** The brand's colour: any CSS colour on which white text is readable. */
  readonly brand: string;
  readonly wide?: boolean;
}

export function page({ title, system, notice, body, brand, wide = false }: Page): Html {
  return html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} — ${system} (стенд)</title>
<link rel="icon" href="data:,">
<style>:root{--brand:${raw(brand)}}${raw(style)}</style>
</head>
<body>
<header><p class="mark">${system} <b>стенд</b></p><p class="notice">${notice}</p></header>
<main${wide ? raw(' class="wide"') : ''}>${body}</main>
</body>
</html>`;
}

/**
 * The Content-Security-Policy of a page. Chromium applies `form-action` to redirects too, so the addresses to which a form may redirect are
 * listed.
 */
export function policy(...formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const style = `
:root{color-scheme:light dark;--paper:oklch(98.1% .006 95);--surface:#fff;--sunken:oklch(95.5% .008 95);--ink:oklch(25% .022 225);--ink-2:oklch(44% .022 225);
--line:oklch(89% .009 95);--edge:oklch(57% .02 225);--accent:oklch(43% .08 205);--bad:oklch(47% .17 27);--bad-t:oklch(95.8% .022 22);--wait-t:oklch(95.8% .042 88);--focus:oklch(53% .21 258)}
@media (prefers-color-scheme:dark){:root{--paper:oklch(18.5% .014 225);--surface:oklch(23% .017 225);--sunken:oklch(27% .018 225);--ink:oklch(94% .006 200);--ink-2:oklch(77% .015 220);
--line:oklch(34% .018 225);--edge:oklch(63% .02 225);--accent:oklch(80% .085 198);--bad:oklch(78% .12 25);--bad-t:oklch(30% .06 22);--wait-t:oklch(30% .042 80);--focus:oklch(80% .12 250)}}
*,::before,::after{box-sizing:border-box}
html{font:100%/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header{background:var(--brand);color:#fff;padding:.75rem 1rem}
header p{margin:0 auto;max-width:34rem}header:has(+.wide) p{max-width:70rem}
.mark{font-size:1.15rem;font-weight:650}.mark b{margin-inline-start:.4rem;padding:.1rem .5rem;border:1.5px solid #fff;border-radius:99px;font-size:.8rem;font-weight:600}
.notice{font-size:.9rem}
main{max-width:36rem;margin:0 auto;padding:1.25rem 1rem 4rem;display:grid;gap:1.25rem;grid-template-columns:minmax(0,1fr)}main.wide{max-width:72rem}
h1,h2,h3,p,ul,ol,dl,dd,fieldset,pre{margin:0;padding:0;border:0;min-width:0}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.2rem}h3{font-size:1rem}
ul{list-style:none}a{color:var(--accent);text-underline-offset:.18em}
small,.small{font-size:.89rem}.muted{color:var(--ink-2)}
.card{background:var(--surface);border:1px solid var(--line);border-radius:16px;padding:1.1rem;display:grid;gap:.9rem;grid-template-columns:minmax(0,1fr)}
.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end}.row>.grow{flex:1 1 9rem}
.sum{font-size:2rem;font-weight:650;font-variant-numeric:tabular-nums}
label,.field,form:not(.card){display:grid;gap:.3rem;grid-template-columns:minmax(0,1fr)}label{font-weight:600}.hint{color:var(--ink-2)}
.three{display:grid;gap:.6rem;grid-template-columns:repeat(3,minmax(0,1fr));align-items:end}
input,select,textarea{width:100%;min-height:2.75rem;padding:.5rem .8rem;font:inherit;font-weight:400;color:inherit;background:var(--surface);border:1.5px solid var(--edge);border-radius:8px}
[aria-invalid=true]{border:2px solid var(--bad)}
.error{color:var(--bad);font-weight:600;font-size:.89rem}.errors{background:var(--bad-t);border-radius:12px;padding:.9rem 1.1rem}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.5rem 1.1rem;font:inherit;font-weight:600;color:inherit;background:var(--surface);border:1.5px solid var(--edge);border-radius:12px;cursor:pointer;text-decoration:none}
button:hover,.button:hover{background:var(--sunken)}
button.main{color:#fff;background:var(--brand);border-color:var(--brand)}button.main:hover{filter:brightness(1.12)}
.line button{width:100%;justify-content:space-between;gap:.25rem 1rem;text-align:start;flex-wrap:wrap;padding:.6rem 1rem}.line{display:grid;gap:.5rem}
.line span{font-weight:400;font-size:.89rem;color:var(--ink-2)}
table{border-collapse:collapse;width:100%;font-size:.89rem}th,td{text-align:start;vertical-align:top;padding:.45rem .8rem .45rem 0;border-block-end:1px solid var(--line)}
caption{text-align:start;font-weight:650;padding-block-end:.4rem}.scroll{overflow-x:auto;white-space:nowrap}
dl,dl.card{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.35rem 1rem}dt{color:var(--ink-2)}
pre{white-space:pre-wrap;font:.85rem/1.5 ui-monospace,monospace}iframe{width:100%;height:34rem;border:1px solid var(--line);border-radius:12px;background:#fff}
.on{background:var(--wait-t);border-radius:12px;padding:.9rem 1.1rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
@media (max-width:30rem){dl,dl.card{grid-template-columns:minmax(0,1fr)}dd{margin-block-end:.4rem}}
`;
