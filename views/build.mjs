// Builds the files for the browser: hashed names under /_a/, a manifest for the edge, and the headers for static files. `--watch` rebuilds
// on changes. Called by `npm run build` and by the stand.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { context } from 'esbuild';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist/assets');
const manifest = join(root, 'dist/manifest.json');
/** The initial congestion window of TCP (10 segments, RFC 6928): a file up to this size arrives in one round trip. */
const LIMIT_BYTES = 14_336;
/** All scripts of the room, including calls.ts. Only people who open a room load them. */
const ROOM_LIMIT_BYTES = 40 * 1024;

const HEADERS = `/_a/*
  Cache-Control: public, max-age=31536000, immutable
/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
`;

const options = {
  absWorkingDir: root,
  entryPoints: {
    check: 'views/islands/check/main.ts',
    htmx: 'views/islands/htmx.ts',
    main: 'views/islands/main.ts',
    room: 'views/islands/room/main.ts',
    protocol: 'views/islands/protocol/main.ts',
    style: 'views/style.css',
  },
  outdir: out,
  entryNames: '_a/[name]-[hash]',
  chunkNames: '_a/[name]-[hash]',
  // calls.ts becomes its own chunk, which loads while the person reads the page.
  splitting: true,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome120', 'safari17.2', 'firefox121'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [{ name: 'publish', setup: build => build.onEnd(publish) }],
};

function publish({ errors, metafile }) {
  if (errors.length > 0) return;
  const asked = new Set(Object.values(options.entryPoints));
  const entries = Object.entries(metafile.outputs).filter(([, output]) => asked.has(output.entryPoint));
  const names = Object.fromEntries(entries.map(([path]) => [basename(path).split('-')[0], `/_a/${basename(path)}`]));
  const current = new Set(Object.keys(metafile.outputs).map(path => basename(path)));
  for (const file of readdirSync(join(out, '_a'))) if (!current.has(file)) rmSync(join(out, '_a', file));
  copyFileSync(join(root, 'views/icons/mark.svg'), join(out, 'mark.svg'));
  writeIfChanged(join(out, '_headers'), HEADERS);
  writeIfChanged(join(out, 'robots.txt'), 'User-agent: *\nDisallow: /\n');
  // The edge imports the manifest; when the file is not rewritten, the edge does not restart.
  writeIfChanged(manifest, `${JSON.stringify(names, Object.keys(names).sort(), 2)}\n`);
  report(names);
  reportWhole(metafile, 'check', names.check, LIMIT_BYTES);
  reportWhole(metafile, 'room', names.room, ROOM_LIMIT_BYTES);
}

function report(names) {
  for (const [name, path] of Object.entries(names)) {
    const bytes = gzipSync(readFileSync(join(out, path)), { level: 9 }).length;
    console.log(`${name}: ${bytes} bytes gzip`);
    if (bytes > LIMIT_BYTES) {
      process.exitCode = 1;
      console.error(`${name} is over ${LIMIT_BYTES} bytes`);
    }
  }
}

/** Reports the size of an entry together with all chunks that it loads. */
function reportWhole({ outputs }, name, entry, limit) {
  const paths = new Set([Object.keys(outputs).find(path => entry.endsWith(basename(path)))]);
  for (const path of paths) for (const part of outputs[path].imports) if (!part.external) paths.add(part.path);
  const bytes = [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(root, path)), { level: 9 }).length, 0);
  console.log(`${name} with its parts: ${bytes} bytes gzip`);
  if (bytes <= limit) return;
  process.exitCode = 1;
  console.error(`${name} with its parts is over ${limit} bytes`);
}

function writeIfChanged(path, text) {
  try {
    if (readFileSync(path, 'utf8') === text) return;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  writeFileSync(path, text);
}

mkdirSync(join(out, '_a'), { recursive: true });
const builder = await context(options);
await builder.rebuild();
if (process.argv.includes('--watch')) await builder.watch();
else await builder.dispose();
