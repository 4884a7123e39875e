// Protocols and applications for money back checked by veraPDF, the standards' own checker: PDF/UA-1 and PDF/A-3a, also signed ones, and by Poppler where it is installed.
// Needs Java; Maven downloads the checker once into .stand/bin.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveSigner } from '../../stand/signer/signer.ts';
import { signingService } from '../../worker/providers/signature/signing-service.ts';
import { MAKETOVA } from '../cast.ts';
import { openPress } from '../documents/print-shop.ts';
import { LONGEST, PAGE, PLAIN, ROUGH_APPLICATION } from '../documents/applications.ts';
import { AMENDED, LOCKED, LONG, ROUGH, SHORT } from '../documents/protocols.ts';
import { sealed } from '../documents/sealed.ts';

const BIN = fileURLToPath(new URL('../../.stand/bin', import.meta.url));
const JAR = join(BIN, 'cli-1.30.2.jar');
const SHA256 = '287cc9c9757f99dcff4a2d39b68268245b48103fb6af443162d5a29df2afa332';

const missing = checkerMissing();
const folder = mkdtempSync(join(tmpdir(), 'papers-'));
const key = 'a-key-of-the-tests';
const applications = { plain: PLAIN, longest: LONGEST, pasted: ROUGH_APPLICATION };
const names = ['short', 'long', 'amended', 'locked', 'rough', ...Object.keys(applications), 'signed'];
let stand: Awaited<ReturnType<typeof serveSigner>> | undefined;
const pathOf = (name: string) => join(folder, `${name}.pdf`);

beforeAll(async () => {
  const press = await openPress();
  stand = await serveSigner({ port: 0, apiKey: key });
  const papers = { short: SHORT, long: LONG, amended: AMENDED, locked: LOCKED, rough: ROUGH };
  for (const [name, document] of Object.entries(papers)) writeFileSync(pathOf(name), await press.printProtocol(document));
  for (const [name, facts] of Object.entries(applications)) writeFileSync(pathOf(name), await press.printApplication(facts, PAGE));
  const service = signingService({ apiUrl: `${stand.url}/csc/v2`, apiKey: key });
  writeFileSync(pathOf('signed'), await sealed(press, service, LONG, MAKETOVA.doctorId));
}, 60_000);
afterAll(async () => {
  await stand?.close();
  rmSync(folder, { recursive: true });
});

test.skipIf(missing !== null).each(['ua1', '3a'])(`veraPDF passes every paper as %s${missing === null ? '' : ` (${missing})`}`, flavour => {
  const args = ['-jar', JAR, '-f', flavour, '--format', 'text', '-v', ...names.map(pathOf)];

  expect(said('java', args).split('\n').filter(Boolean)).toEqual(names.map(name => `PASS ${pathOf(name)} ${flavour}`));
});

test.skipIf(!has('pdfsig'))('pdfsig finds one signature that is valid and covers the whole document', () => {
  const report = said('pdfsig', ['-nocert', pathOf('signed')]);

  expect(report).toContain('Signature is Valid.');
  expect(report).toContain('Total document signed');
  expect(report.match(/Signature #/g)).toHaveLength(1);
});

test.skipIf(!has('pdffonts'))('Poppler finds every font embedded, subset and with its characters', () => {
  for (const name of names) {
    const fonts = said('pdffonts', [pathOf(name)])
      .trim()
      .split('\n')
      .slice(2);
    expect(fonts.filter(line => !/ yes yes yes /.test(line))).toEqual([]);
    expect(fonts.length).toBe(2);
  }
});

/** Why the checker is missing; null when it is there. */
function checkerMissing(): string | null {
  if (!has('java')) return 'skipped: there is no Java on this machine';
  if (!existsSync(JAR)) {
    if (!has('mvn')) return 'skipped: there is no Maven to fetch veraPDF with';
    mkdirSync(BIN, { recursive: true });
    said('mvn', ['-q', 'dependency:copy', '-Dartifact=org.verapdf.apps:cli:1.30.2:jar', `-DoutputDirectory=${BIN}`]);
    if (!existsSync(JAR)) return 'skipped: Maven could not fetch veraPDF';
  }
  if (createHash('sha256').update(readFileSync(JAR)).digest('hex') === SHA256) return null;
  return 'skipped: the file of veraPDF is not the one that is expected';
}

function has(command: string): boolean {
  return said('sh', ['-c', `command -v ${command}`]) !== '';
}

/** The output of a program, also when it exits with an error. */
function said(command: string, args: readonly string[]): string {
  try {
    return String(execFileSync(command, [...args], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 }));
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
}
