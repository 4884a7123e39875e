// Ends an exhaustive switch: a new kind does not compile until it is drawn.
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}

/** Throws at once: a mistake of ours, not of the world's. */
export function fail(sentence: string): never {
  throw new Error(sentence);
}
