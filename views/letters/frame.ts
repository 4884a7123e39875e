// The layout of every letter, as HTML for mail programs (inline styles, because many of them drop a stylesheet) and as plain text. Called
// by letter.ts.
import { wordsOf } from '../words.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import type { Clinic } from '../../workflows/rules/clinic.ts';

/** The content of one letter; both forms contain exactly this. */
export interface Sheet {
  readonly heading: string;
  /** «Вт, 25 ноября, 14:30 (МСК)»; null in letters without an appointment. */
  readonly moment: string | null;
  readonly dim: string | null;
  /** A sign-in code, in large type. */
  readonly code?: string;
  readonly button?: { readonly label: string; readonly href: string };
  /** Several options of equal weight, as links. */
  readonly links?: readonly { readonly label: string; readonly href: string }[] | undefined;
  readonly paragraphs: readonly string[];
  /** Small print under the sheet. */
  readonly notes: readonly string[];
}

const DARK =
  ':root{color-scheme:light dark}@media (prefers-color-scheme:dark){.bg{background:#11191c!important;color:#e8eeee!important}.box{background:#1b2528!important;border-color:#38474b!important}.dim{color:#b3bfc3!important}.go{background:#7cccd2!important;color:#06252a!important}a.text,.logo{color:#7cccd2!important}}';
const FONT = "font:17px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif";

export function htmlOf(subject: string, sheet: Sheet, clinic: Clinic, publicUrl: string, lang: Lang): string {
  const w = wordsOf(lang).letters;
  const dim = (text: string, style: string) => `<p class="dim" style="${style};color:#46545a">${text}</p>`;
  const body = [
    `<h1 style="margin:0 0 12px;font-size:24px;line-height:1.25">${escape(sheet.heading)}</h1>`,
    sheet.moment && `<p style="margin:0 0 4px"><b>${escape(sheet.moment)}</b></p>`,
    sheet.dim && dim(escape(sheet.dim), 'margin:0 0 20px'),
    sheet.code && `<p style="margin:0 0 20px;font-size:34px;font-weight:bold;letter-spacing:6px">${escape(sheet.code)}</p>`,
    sheet.button &&
      `<p style="margin:0 0 20px"><a class="go" href="${escape(sheet.button.href)}" style="display:inline-block;background:#00626c;color:#ffffff;padding:14px 24px;border-radius:12px;font-weight:bold;text-decoration:none">${escape(sheet.button.label)}</a></p>`,
    ...sheet.paragraphs.map((text, i) => `<p style="margin:0${i < sheet.paragraphs.length - 1 ? ' 0 12px' : ''}">${escape(text)}</p>`),
    ...(sheet.links ?? []).map(
      ({ label, href }) =>
        `<p style="margin:12px 0 0"><a class="text" href="${escape(href)}" style="color:#00626c;font-weight:bold">${escape(label)}</a></p>`,
    ),
  ];
  const help = `<a class="text" href="${escape(publicUrl)}/help" style="color:#00626c">${w.help}</a>, ${escape(clinic.phone)}`;
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(subject)}</title><style>${DARK}</style></head>
<body class="bg" style="margin:0;background:#faf9f5;color:#16242a;${FONT}">
<div style="display:none;max-height:0;overflow:hidden">${escape(sheet.moment ?? sheet.heading)}</div>
<main style="max-width:560px;margin:0 auto;padding:24px 16px">
<p class="logo" style="margin:0 0 20px;font-weight:bold;color:#00626c">[+) ${escape(clinic.name[lang])}</p>
<div class="box" style="background:#ffffff;border:1px solid #dddad2;border-radius:16px;padding:24px">
${body.filter(Boolean).join('\n')}
</div>
${sheet.notes.map(note => dim(escape(note), 'margin:20px 0 0;font-size:14px')).join('\n')}
${dim(`${help}. ${escape(clinic.legalName)}, ${escape(clinic.address)}.`, 'margin:12px 0 0;font-size:14px')}
</main>
</body>
</html>
`;
}

export function textOf(sheet: Sheet, clinic: Clinic, publicUrl: string, lang: Lang): string {
  const w = wordsOf(lang).letters;
  const blocks = [
    `[+) ${clinic.name[lang]}`,
    sheet.heading,
    [sheet.moment, sheet.dim].filter(Boolean).join('\n'),
    sheet.code ?? '',
    sheet.button ? `${sheet.button.label}:\n${sheet.button.href}` : '',
    ...sheet.paragraphs,
    ...(sheet.links ?? []).map(({ label, href }) => `${label}:\n${href}`),
    ['--', ...sheet.notes, `${w.help}: ${publicUrl}/help, ${clinic.phone}. ${clinic.legalName}, ${clinic.address}.`].join('\n'),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, c => ENTITIES[c] ?? c);
