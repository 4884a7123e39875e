// The ports of the stand: fixed, so that outside checks can rely on them; PORT_<NAME> changes one. Called by up.ts, which also checks that
// they are free.
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

const PORTS = {
  WORKER: 8787,
  HOST: 8788,
  TEMPORAL: 7233,
  CONSOLE: 8233,
  GOSUSLUGI: 8801,
  YOOKASSA: 8802,
  CALLS: 8803,
  MAIL: 8804,
  SIGNER: 8805,
} as const;

export type PortName = keyof typeof PORTS;
export type Ports = Readonly<Record<PortName, number>>;

export const PORT_NAMES = Object.keys(PORTS) as readonly PortName[];

/** Throws an Error with one sentence when a PORT_… is not a port. */
export function portsFrom(env: Record<string, string | undefined>): Ports {
  const portOf = (name: PortName): number => {
    const port = Number(env[`PORT_${name}`] || PORTS[name]);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`PORT_${name} is malformed: a port is a number from 1 to 65535.`);
    return port;
  };
  return Object.fromEntries(PORT_NAMES.map(name => [name, portOf(name)])) as Ports;
}

/** Returns one sentence for each port that another process uses. */
export async function takenPorts(ports: Ports, names: readonly PortName[]): Promise<string[]> {
  const sentences: string[] = [];
  for (const name of names) {
    if (await isFree(ports[name])) continue;
    sentences.push(`Port ${ports[name]} is taken by ${await holderOf(ports[name])}: end it, or set PORT_${name} to another port.`);
  }
  return sentences;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const run = promisify(execFile);

/** The process that listens on the port, if the tools of this machine can find it. */
async function holderOf(port: number): Promise<string> {
  const asked = [
    { command: 'ss', args: ['-Hltnp', `sport = :${port}`], answer: /\(\("([^"]+)",pid=(\d+)/ },
    { command: 'lsof', args: ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fcp'], answer: /p(?<pid>\d+)\nc(?<name>.+)/ },
  ];
  for (const { command, args, answer } of asked) {
    const stdout = await run(command, args).then(
      result => result.stdout,
      () => '',
    );
    const found = answer.exec(stdout);
    if (found !== null) return `${found.groups?.['name'] ?? found[1]} (process ${found.groups?.['pid'] ?? found[2]})`;
  }
  return 'another program';
}
