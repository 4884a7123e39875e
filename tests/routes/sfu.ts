// A fake SFU: it answers requests to calls.example, records every request unchanged, and fails when the test sets it.
import { vi } from 'vitest';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

const HOME = 'https://calls.example/v1/apps/app/';

export class FakeSfu {
  readonly asked: Asked[] = [];
  private made = 0;
  /** Replaces its answers while it is set. */
  broken: (() => Response | Promise<Response>) | null = null;
  private readonly spy = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async (input, init) => await this.answer(new Request(input, init)));

  gone(): void {
    this.spy.mockRestore();
  }

  private async answer(request: Request): Promise<Response> {
    // There are no other servers: the host with Temporal is down in these tests.
    if (!request.url.startsWith(HOME)) return new Response(null, { status: 503 });
    const text = await request.text();
    const path = request.url.slice(HOME.length);
    const body = text === '' ? undefined : (JSON.parse(text) as { tracks?: object[] });
    this.asked.push({ method: request.method, path, headers: request.headers, body });
    if (this.broken) return await this.broken();
    if (path === 'sessions/new') return Response.json({ sessionId: `session${++this.made}` }, { status: 201 });
    if (path.endsWith('/tracks/new')) return Response.json({ requiresImmediateRenegotiation: true, tracks: body?.tracks ?? [] });
    if (request.method === 'GET') return Response.json({ tracks: [{ location: 'local', mid: '0', trackName: 'cam', status: 'active' }] });
    return Response.json({});
  }
}
