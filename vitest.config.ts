// Three kinds of tests: what runs at the edge, in workerd with a real local D1; what runs in Node, Temporal above all; and journeys, which start
// the whole stand. tests/run.mjs runs them one after another; the long ones only when they are asked for. Every timeout is generous, because the machine
// may be busy with anything: a hanging test still ends.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

/** Settings of the edge in tests: nobody listens at these addresses, a test that needs a neighbour brings one. */
const SETTINGS = {
  PUBLIC_URL: 'http://clinic.test',
  HOST_URL: 'http://host.test',
  EDGE_KEYS: `edge2:${key(2)},edge1:${key(1)}`,
  DATA_KEYS: `data1:${key(3)}`,
  GOSUSLUGI_ISSUER: 'http://gosuslugi.test',
  GOSUSLUGI_CLIENT_ID: 'clinic',
  GOSUSLUGI_CLIENT_SECRET: 'a-secret-for-tests-only',
  YOOKASSA_API_URL: 'http://yookassa.test/v3',
  YOOKASSA_SHOP_ID: '100500',
  YOOKASSA_SECRET_KEY: 'test_secret_for_tests_only',
  CALLS_API_URL: 'http://calls.test/v1',
  CALLS_APP_ID: 'app',
  CALLS_APP_SECRET: 'test_secret_for_tests_only',
  RESEND_BASE_URL: 'http://mail.test',
  RESEND_API_KEY: 're_for_tests_only',
  RESEND_WEBHOOK_SECRET: `whsec_${key(4)}`,
  MAIL_FROM: 'Клиника <priem@clinic.test>',
};

/** Typefaces as bytes, as wrangler.toml's rule for them gives; also what a test imports with `?bytes`. */
const typefaces = {
  name: 'typefaces',
  enforce: 'pre' as const,
  load: (id: string) =>
    id.endsWith('.ttf') || id.endsWith('?bytes')
      ? `export default Uint8Array.from(atob('${readFileSync(id.replace(/\?bytes$/, ''), 'base64')}'), character => character.charCodeAt(0)).buffer;`
      : null,
};

const prebundled = ['hono', 'preact', 'preact-render-to-string', 'zod', 'oauth4webapi', 'http-message-sig', 'uuid'];

export default defineConfig(() => {
  const schema = readFileSync(join(root, 'worker/data/schema.sql'), 'utf8');
  return {
    test: {
      projects: [
        {
          plugins: [
            typefaces,
            cloudflareTest({
              wrangler: { configPath: join(root, 'wrangler.toml') },
              miniflare: {
                bindings: { ...SETTINGS, TEST_SCHEMA: schema, STORIES: process.env.STORIES ?? '', SEED: process.env.SEED ?? '' },
              },
            }),
          ],
          test: {
            name: 'worker',
            include: ['tests/{rules,data,routes}/**/*.test.{ts,tsx}'],
            testTimeout: 60_000,
            hookTimeout: 60_000,
            deps: { optimizer: { ssr: { enabled: true, include: prebundled } } },
          },
        },
        {
          // Threads crash in Temporal's native part.
          test: {
            name: 'node',
            include: ['tests/{workflows,providers,documents,checks,stand}/**/*.test.ts'],
            pool: 'forks',
            maxWorkers: 2,
            testTimeout: 300_000,
            hookTimeout: 300_000,
          },
        },
        {
          test: {
            name: 'journeys',
            include: ['tests/journeys/**/*.test.ts'],
            pool: 'forks',
            fileParallelism: false,
            testTimeout: 300_000,
            hookTimeout: 600_000,
          },
        },
        {
          test: {
            name: 'long',
            include: ['tests/long/**/*.test.ts'],
            pool: 'forks',
            fileParallelism: false,
            testTimeout: 300_000,
            hookTimeout: 600_000,
          },
        },
      ],
    },
  };
});
