// The last line of an exhaustive switch: a new kind does not compile until it is handled. Called by pages, the data layer and the room.
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}

/** Throws at once. For our own programming errors, not for failures of other systems. */
export function fail(sentence: string): never {
  throw new Error(sentence);
}
