// Lists of YooKassa's objects, newest first, by pages: filters by time and field, a limit and a cursor. Unknown filters are refused.
import { z } from 'zod';
import { badRequest } from './refusal.ts';

const instant = z.iso.datetime({ offset: true }).transform(text => Date.parse(text));
const limit = z.coerce.number().int().min(1).max(100).default(10);
const bounds = ['gte', 'gt', 'lte', 'lt'] as const;

export interface Listed<T> {
  readonly object: T;
  readonly createdAt: number;
}

/** `fields` can be filtered by equality; `times` are instants besides created_at. */
export function list<T extends object>(
  query: Record<string, string>,
  all: readonly Listed<T>[],
  idOf: (object: T) => string,
  fields: Record<string, (object: T) => string | undefined>,
  times: Record<string, (object: T) => string | undefined> = {},
) {
  const asked = read(query, Object.keys(fields), ['created_at', ...Object.keys(times)]);
  const kept = all
    .toReversed()
    .toSorted((one, other) => other.createdAt - one.createdAt)
    .filter(({ object, createdAt }) => {
      const when = (name: string) => (name === 'created_at' ? createdAt : Date.parse(times[name]?.(object) ?? ''));
      return (
        Object.entries(asked.equal).every(([name, value]) => fields[name]?.(object) === value) &&
        asked.between.every(({ name, bound, at }) => holds(when(name), bound, at))
      );
    });
  const from = asked.cursor === undefined ? 0 : kept.findIndex(({ object }) => idOf(object) === asked.cursor);
  if (from < 0) throw badRequest('There is no such cursor.', 'cursor');
  const items = kept.slice(from, from + asked.limit).map(({ object }) => object);
  const next = kept[from + asked.limit];
  return { type: 'list', items, ...(next === undefined ? {} : { next_cursor: idOf(next.object) }) };
}

function read(query: Record<string, string>, fields: readonly string[], times: readonly string[]) {
  const shape: Record<string, z.ZodType<string | number | undefined>> = { limit, cursor: z.string().optional() };
  for (const field of fields) shape[field] = z.string().optional();
  for (const time of times) for (const bound of bounds) shape[`${time}.${bound}`] = instant.optional();
  const parsed = z.strictObject(shape).safeParse(query);
  if (!parsed.success) throw badRequest(z.prettifyError(parsed.error), String(parsed.error.issues[0]?.path[0] ?? Object.keys(query)[0]));
  const { limit: most, cursor, ...rest } = parsed.data;
  const equal = Object.fromEntries(Object.entries(rest).filter(([name, value]) => fields.includes(name) && value !== undefined));
  const between = times.flatMap(name =>
    bounds.flatMap(bound => (typeof rest[`${name}.${bound}`] === 'number' ? [{ name, bound, at: Number(rest[`${name}.${bound}`]) }] : [])),
  );
  return { limit: Number(most), cursor, equal, between };
}

function holds(at: number, bound: (typeof bounds)[number], limitAt: number): boolean {
  if (bound === 'gte') return at >= limitAt;
  if (bound === 'gt') return at > limitAt;
  return bound === 'lte' ? at <= limitAt : at < limitAt;
}
