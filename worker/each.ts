// Work on many things of which each may fail by itself. Called by worker/money/payments.ts and the cron in worker/index.ts.

/** Acts on each item in turn. One that fails does not stop those after it; its error is thrown at the end, the first of several. */
export async function each<T>(items: Iterable<T>, act: (item: T) => Promise<unknown>): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
