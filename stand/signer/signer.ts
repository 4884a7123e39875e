// The stand's signing service: its own authority, one certificate per doctor of the demo clinic, detached signatures over digests.
// stand/up.ts serves it on port 8805; the cabinet reaches it at SIGNER_API_URL.
import { Hono } from 'hono';
import { createFaults, faultRoutes } from '../faults.ts';
import { serve } from '../serve.ts';
import { apiRoutes } from './api.ts';
import { openAuthority } from './authority.ts';
import { deskBody, shell } from './pages.ts';

export interface SignerOptions {
  readonly apiKey: string;
  /** The folder for its keys and certificates between starts. */
  readonly dir?: string;
  readonly now?: () => number;
}

async function createSigner({ apiKey, dir, now = Date.now }: SignerOptions, ending: AbortSignal) {
  const authority = await openAuthority(dir, now());
  const faults = createFaults({ delay: ['info', 'sign'], error: ['info', 'sign', 'sign-after'] }, ending);
  const signed: string[] = [];
  const state = () => ({
    signatures: signed.length,
    certificates: authority.credentials.map(({ id, owner, serial }) => ({ id, owner, serial })),
  });
  const app = new Hono();
  app.route(
    '/csc/v2',
    apiRoutes(authority, faults, apiKey, now, serial => signed.push(serial)),
  );
  app.get('/ca.pem', c => c.text(authority.pem, 200, { 'content-type': 'application/x-pem-file' }));
  app.get('/', c => c.redirect('/__stand'));
  app.route(
    '/__stand',
    faultRoutes(faults, shell, () => deskBody(authority.credentials, signed), state),
  );
  return app;
}

/** Port 0 takes any free port. */
export const serveSigner = (options: SignerOptions & { readonly port: number }) =>
  serve(options.port, async (_, ending) => ({ app: await createSigner(options, ending) }));
