// The benches' client of the cabinet: sends forms without a browser, and waits until something appears.
import type { up } from '../../stand/up.ts';

export type Urls = Awaited<ReturnType<typeof up>>['urls'];

export async function eventually<T>(look: () => Promise<T | null>, everyMs = 100): Promise<T> {
  for (let waited = 0; waited < 30_000; waited += everyMs) {
    const seen = await look();
    if (seen !== null) return seen;
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  throw new Error('It did not happen within half a minute.');
}

export const form = (url: string, fields: Record<string, string>, cookie: string): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie, origin: new URL(url).origin }, redirect: 'manual' });

export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map(line => line.split(';')[0] ?? '')
    .filter(pair => !pair.endsWith('='))
    .join('; ');
