// Checks a detached signature with OpenSSL, which is independent of our code: returns 'verified' or OpenSSL's error. Called by the tests of
// signatures.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `cms` is DER, possibly with padding; `authority` is the root certificate, PEM. */
export function opensslOf(cms: Uint8Array, content: Uint8Array, authority: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  const at = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const what = ['-in', at('cms.der', cms), '-content', at('content', content), '-CAfile', at('ca.pem', authority)];
  try {
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', ...what, '-purpose', 'any', '-out', join(folder, 'out')];
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    return 'verified';
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
