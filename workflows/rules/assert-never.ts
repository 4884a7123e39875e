// Ends an exhaustive switch: a new kind does not compile until it is drawn.
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
