// An SFU in the test's hands: it answers what goes to calls.example, remembers every request as it came, and misbehaves when told to.
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
  /** What it answers instead, while it is set. */
  broken: (() => Response | Promise<Response>) | null = null;
  private readonly spy = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async (input, init) => await this.answer(new Request(input, init)));

  gone(): void {
    this.spy.mockRestore();
  }

  private async answer(request: Request): Promise<Response> {
    // Nobody else listens: the host with Temporal is down in these tests.
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
