// Serves one emulator on a port of this machine; all five start, report their address and stop in the same way.
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

interface Emulator {
  readonly app: { fetch(request: Request, env: HttpBindings | Http2Bindings): Response | Promise<Response> };
  /** Stops its timers and stores its state. */
  close?(): void;
}

/**
 * Listens on 127.0.0.1 first and then makes the emulator, because some emulators write their own address into answers. Port 0 takes any
 * free port.
 */
export async function serve(port: number, make: (url: string) => Emulator | Promise<Emulator>): Promise<Served> {
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`;
  const { app, close } = await make(url);
  const listener = getRequestListener((request, env) => app.fetch(request, env));
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  return {
    url,
    close: () =>
      new Promise<void>(closed => {
        server.close(() => closed());
        server.closeAllConnections();
        close?.();
      }),
  };
}
