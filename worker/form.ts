// Reads a posted form: urlencoded or multipart text fields, within the size that the body limit allows.
import type { Context } from 'hono';
import type { Edge } from './edge.ts';

/** The fields of a form; an unreadable body is an empty form, which the route answers like any other mistake. */
export async function formOf(c: Context<Edge>): Promise<URLSearchParams> {
  const type = c.req.header('content-type') ?? '';
  try {
    if (type.startsWith('multipart/form-data')) {
      const form = await c.req.formData();
      return new URLSearchParams([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
    }
    return new URLSearchParams(type.startsWith('application/x-www-form-urlencoded') ? await c.req.text() : '');
  } catch {
    return new URLSearchParams();
  }
}
