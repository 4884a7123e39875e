// The words of an HTML letter, in one pass: a letter may hold megabytes of tags that do not end, and a pattern would try each of them again. Nothing of the
// letter is ever drawn as HTML. Called by open.ts.
const SKIPPED = /^<(script|style|head)\b/;
const BREAKS = /^<(br|\/p|\/div|\/tr|\/li|\/h[1-6])\b/;
const NAMES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

/** About `length` characters of them. */
export function wordsIn(html: string, length: number): string {
  const lower = html.toLowerCase();
  let words = '';
  let at = 0;
  while (at < html.length && words.length < 4 * length) {
    const open = html.indexOf('<', at);
    words += html.slice(at, open === -1 ? at + 4 * length : Math.min(open, at + 4 * length));
    if (open === -1) break;
    const tag = lower.slice(open, open + 10);
    const skipped = SKIPPED.exec(tag)?.[1];
    const end = html.indexOf('>', skipped === undefined ? open : endOf(lower, skipped, open));
    if (end === -1) break;
    words += BREAKS.test(tag) ? '\n' : ' ';
    at = end + 1;
  }
  return words
    .replace(/&(nbsp|amp|lt|gt|quot);/g, (_, name: string) => NAMES[name] ?? ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n');
}

/** Where the end tag of an element begins; after the last character when there is none. */
function endOf(lower: string, name: string, from: number): number {
  const at = lower.indexOf(`</${name}`, from);
  return at === -1 ? lower.length : at;
}
