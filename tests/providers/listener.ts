// A server that receives what a provider sends by itself and records it unchanged.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Heard {
  /** The path with its query. */
  readonly url: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Listener {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Statuses of the next answers; 200 when there is nothing left. */
  readonly answers: number[];
  readonly close: () => Promise<void>;
}

export async function listen(): Promise<Listener> {
  const heard: Heard[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    text(request).then(
      body => {
        heard.push({ url: request.url ?? '', body, headers: request.headers });
        response.writeHead(answers.shift() ?? 200).end();
      },
      // The sender has hung up, as a stand does that is closed while it sends.
      () => response.destroy(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    heard,
    answers,
    close: () =>
      new Promise(closed => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
