// Serves one emulator on a port of this machine; all five start, report their address and stop in the same way.
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

export interface Served {
  readonly url: string;
  /** Resolves when nothing of the emulator runs any more. */
  close(): Promise<void>;
}

interface Emulator {
  readonly app: { fetch(request: Request, env: HttpBindings | Http2Bindings): Response | Promise<Response> };
  /** Stops its timers and stores its state. */
  close?(): void | Promise<void>;
}

/**
 * Listens on 127.0.0.1 first and then makes the emulator, because some emulators write their own address into answers. Port 0 takes any
 * free port.
 */
export async function serve(port: number, make: (url: string, ending: AbortSignal) => Emulator | Promise<Emulator>): Promise<Served> {
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`;
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  const making = (async () => await make(url, ending.signal))();
  // Whoever asks before the emulator is made waits for it.
  const listener = getRequestListener(async (request, env) => (await making).app.fetch(request, env));
  server.on('request', (incoming, outgoing) => {
    const answered: Promise<void> = listener(incoming, outgoing).finally(() => running.delete(answered));
    running.add(answered);
  });

  const hungUp = async () => {
    await stopped(server, () => ending.abort());
    await Promise.all(running);
  };
  try {
    const { close } = await making;
    let closed: Promise<void> | undefined;
    return { url, close: () => (closed ??= hungUp().then(close)) };
  } catch (error) {
    await hungUp();
    throw error;
  }
}

/** Hangs up on everybody, and only then lets go of what still waits. */
function stopped(server: Server, letGo: () => void): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
    letGo();
  });
}
