// The host's calls to Temporal: each ends by its deadline, retries included, and the connection is closed only after the last of them. gateway.ts
// makes them, host.ts closes them.
import { type Client, isGrpcServiceError } from '@temporalio/client';

type Reached<T> = { readonly kind: 'reached'; readonly value: T } | { readonly kind: 'down' } | { readonly kind: 'invalid' };

export interface Calls {
  /**
   * `down` when Temporal does not answer within DEADLINE_MS, `invalid` when it will never take this call. Throws when the call is another
   * mistake, for example a wrong key, which people mend.
   */
  readonly make: <T>(call: (client: Client) => Promise<T>) => Promise<Reached<T>>;
  /** Waits for the calls under way, then closes the connection. A call made after that is `down`. */
  readonly close: () => Promise<void>;
}

/** The outbox waits three seconds (worker/outbox.ts); a message that got no answer is sent again. */
const DEADLINE_MS = 2_000;

/** Owns the client's connection, which is one of `connectionTo`: an ordinary one does not keep the deadline. */
export function callsOf(client: Client): Calls {
  const running = new Set<Promise<unknown>>();
  let isClosed = false;

  return {
    make: call => {
      if (isClosed) return Promise.resolve({ kind: 'down' });
      const made = reached(client.connection.withDeadline(Date.now() + DEADLINE_MS, () => call(client)));
      const ended: Promise<unknown> = made.catch(() => undefined).finally(() => running.delete(ended));
      running.add(ended);
      return made;
    },
    close: async () => {
      isClosed = true;
      await Promise.all(running);
      await client.connection.close();
    },
  };
}

async function reached<T>(call: Promise<T>): Promise<Reached<T>> {
  try {
    return { kind: 'reached', value: await call };
  } catch (error) {
    // The SDK puts what gRPC said into the cause of an error of its own.
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    if (isGrpcServiceError(cause) && PASSING.has(cause.code)) return { kind: 'down' };
    if (isGrpcServiceError(cause) && cause.code === INVALID_ARGUMENT) return { kind: 'invalid' };
    throw error;
  }
}

// gRPC: also answered for a workflow that has taken all the signals that one run may take.
const INVALID_ARGUMENT = 3;

// gRPC: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE. All mean «not now»; other codes are mistakes and throw.
const PASSING = new Set([1, 4, 8, 10, 14]);
