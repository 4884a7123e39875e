// Reads a posted form: urlencoded or multipart text fields, within the size that the body limit allows.
import type { Context } from 'hono';
import type { Edge } from './edge.ts';

const FORMS = /^(multipart\/form-data|application\/x-www-form-urlencoded)/;

/** The fields of a form; an unreadable body is an empty form, which the route answers like any other mistake. */
export async function formOf(c: Context<Edge>): Promise<URLSearchParams> {
  if (!FORMS.test(c.req.header('content-type') ?? '')) return new URLSearchParams();
  try {
    const form = await c.req.formData();
    return new URLSearchParams([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  } catch {
    return new URLSearchParams();
  }
}
