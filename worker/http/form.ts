// Reads posted forms (urlencoded or multipart text fields) and JSON; body-limits.ts limits their size. Called by the routes.
import type { Context } from 'hono';
import type { HonoEnv } from '../world.ts';

const FORMS = /^(multipart\/form-data|application\/x-www-form-urlencoded)/;

/** The fields of a form. An unreadable body is an empty form, which the route treats like any other mistake. */
export async function formOf(c: Context<HonoEnv>): Promise<URLSearchParams> {
  if (!FORMS.test(c.req.header('content-type') ?? '')) return new URLSearchParams();
  try {
    const form = await c.req.formData();
    return new URLSearchParams([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  } catch {
    return new URLSearchParams();
  }
}

/** A JSON body; null when it is not JSON, which no schema accepts. */
export async function jsonOf(c: Context<HonoEnv>): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return null;
  }
}

/** The fields of a form (from a page) or of a flat JSON object (from an island). */
export async function fieldsOf(c: Context<HonoEnv>): Promise<URLSearchParams> {
  if (!c.req.header('content-type')?.startsWith('application/json')) return await formOf(c);
  const body = await jsonOf(c);
  if (typeof body !== 'object' || body === null) return new URLSearchParams();
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)]));
}
