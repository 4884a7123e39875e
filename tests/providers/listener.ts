// A server that receives what a provider sends by itself and records it unchanged.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Heard {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export async function listen() {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('');
    heard.push({ body, headers: request.headers });
    response.writeHead(200).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    heard,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
