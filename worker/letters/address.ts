// E-mail addresses: what somebody typed or Gosuslugi gave is kept and shown as it is; compared and sent is its form in ASCII, because a mailbox
// of a Cyrillic domain has two spellings. Called by the forms, the adapters of identity and mail, and worker/data/people.ts.
import { z } from 'zod';
import { namedAs } from '../../workflows/rules/text.ts';

// The pattern of the HTML Standard with a domain of two labels or more. zod's own refuses a last label in Punycode, such as xn--p1ai.
const ascii = z
  .email({
    pattern: /^(?!\.)(?!.*\.\.)[\w.!#$%&'*+/=?^`{|}~-]+(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
  })
  .max(254);

/** The address without spaces and invisible characters, in lower case; null when it is none. The part before @ must be ASCII, as most mail servers want it. */
export function addressIn(typed: string): string | null {
  const address = namedAs(typed).toLowerCase();
  return address.length <= 254 && ascii.safeParse(asciiOf(address)).success ? address : null;
}

/** The same address with its domain in Punycode (RFC 3492, UTS 46); unchanged when the domain has no such form. */
export function asciiOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 1 || /[\s/\\?#:%@[\]]/.test(domain)) return address;
  const url = `http://${domain}/`;
  return URL.canParse(url) ? `${address.slice(0, at)}@${new URL(url).hostname}` : address;
}
