// The border for what people and programs send: forms, JSON, queries. Everything is cleaned here (workflows/rules/text.ts); body-limits.ts limits the size.
// Called by the routes, which read a request in no other way: tests/checks/walls.ts.
import type { Context } from 'hono';
import { cleaned, codeDigits, jsonIn, lineOf } from '../../workflows/rules/text.ts';
import type { HonoEnv } from '../world.ts';

type C = Context<HonoEnv>;

const FORMS = /^(multipart\/form-data|application\/x-www-form-urlencoded)/i;

/** A form with the files in it. An unreadable body is an empty form, which the route treats like any other mistake. */
async function partsOf(c: C): Promise<[string, string | File][]> {
  if (!FORMS.test(c.req.header('content-type') ?? '')) return [];
  try {
    return [...(await c.req.formData())].map(([name, value]) => [cleaned(name), typeof value === 'string' ? cleaned(value) : value]);
  } catch {
    return [];
  }
}

const isText = (part: [string, string | File]): part is [string, string] => typeof part[1] === 'string';

/** The text fields of a form. */
export const formOf = async (c: C): Promise<URLSearchParams> => new URLSearchParams((await partsOf(c)).filter(isText));

/** The text fields of a form, and the file in its field `file`. */
export async function uploadOf(c: C): Promise<{ readonly form: URLSearchParams; readonly file: File | null }> {
  const parts = await partsOf(c);
  const file = parts.find(([name, value]) => name === 'file' && value instanceof File)?.[1];
  return { form: new URLSearchParams(parts.filter(isText)), file: file instanceof File ? file : null };
}

/** A field as one trimmed line; empty when it is missing. */
export const lineIn = (form: URLSearchParams, name: string): string => lineOf(form.get(name) ?? '');

/** The digits of a pasted code. */
export const codeIn = (form: URLSearchParams): string => codeDigits(form.get('code') ?? '');

/** A field that counts something: a whole number of at most 15 digits; null when it is anything else. */
export function countIn(form: URLSearchParams, name: string): number | null {
  const said = form.get(name) ?? '';
  return /^\d{1,15}$/.test(said) ? Number(said) : null;
}

/** The body as text, whatever type it says it has, byte for byte: for signatures. A route that reads it parses it with jsonIn. */
export const rawTextOf = async (c: C): Promise<string> => new TextDecoder().decode(await c.req.arrayBuffer());

/** The body as it comes, for what is stored before it is read; null without one. */
export const bytesOf = (c: C): ReadableStream<Uint8Array> | null => c.req.raw.body;

/** A JSON body; null when it is not JSON, which no schema accepts. */
export const jsonOf = async (c: C): Promise<unknown> => jsonIn(await rawTextOf(c));

/** A JSON body whose texts stay as they are, because another program reads them: a session description has its own line ends. */
export async function wireJsonOf(c: C): Promise<unknown> {
  try {
    return JSON.parse(await rawTextOf(c));
  } catch {
    return null;
  }
}

/** The fields of a form (from a page) or of a flat JSON object (from an island); a list, an object or null in it is no field. */
export async function fieldsOf(c: C): Promise<URLSearchParams> {
  if (!c.req.header('content-type')?.startsWith('application/json')) return await formOf(c);
  const body = await jsonOf(c);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return new URLSearchParams();
  const plain = Object.entries(body).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return new URLSearchParams(plain.map(([name, value]) => [name, String(value)]));
}

/** A parameter of the address; undefined when it is missing. */
export function parameterOf(c: C, name: string): string | undefined {
  const value = c.req.query(name);
  return value === undefined ? undefined : cleaned(value);
}
