// Finds a browser for journeys: the one named by CHROMIUM_PATH, the system's, or the one from npm. Journeys launch it with made-up cameras
// and microphones and with permission, or without devices or without permission.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Browser =
  | { readonly kind: 'found'; readonly path: string; readonly args: readonly string[] }
  | { readonly kind: 'missing'; readonly sentence: string };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ARGS = ['--no-sandbox', '--headless=new', '--allow-loopback-in-peer-connection'];
const CAMERAS = '--use-fake-device-for-media-stream=device-count=3,fps=';
const ALLOWED = '--use-fake-ui-for-media-stream';

/** The browser's cameras and microphones, and whether pages may use them. */
export type Equipment = 'allowed' | 'lively' | 'refused' | 'missing';

// Encoding takes most of a journey's processor time, so its cameras are slow; a bench uses the frame rate of usual cameras.
const EQUIPPED: Record<Equipment, readonly string[]> = {
  allowed: [`${CAMERAS}10`, ALLOWED],
  lively: [`${CAMERAS}20`, ALLOWED],
  refused: [`${CAMERAS}10`, `${ALLOWED}=deny`],
  missing: [ALLOWED],
};

export async function findChromium(
  equipment: Equipment = 'allowed',
  env: Record<string, string | undefined> = process.env,
): Promise<Browser> {
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)));
  const path = [env['CHROMIUM_PATH'] ?? '', ...onPath].find(isProgram) ?? (await fromNpm());
  if (path !== null) return { kind: 'found', path, args: [...ARGS, ...EQUIPPED[equipment]] };
  return { kind: 'missing', sentence: 'No browser was found for the journeys: install Chromium or Chrome, or set CHROMIUM_PATH to one.' };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

/**
 * Linux x64 only. The package unpacks its own libraries and font when it believes that it runs on AWS Lambda, which is similar to a bare
 * machine.
 */
async function fromNpm(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x';
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}
