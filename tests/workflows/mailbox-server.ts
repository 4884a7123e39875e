// A real mail server for the test of the poller: Dovecot, where this machine has it (Debian's dovecot-imapd and dovecot-lmtpd), with its own folder and ports. Letters
// reach it by LMTP, as a mail transport delivers them.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { until } from '../patience.ts';

const DOVECOT = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find(path => spawnSync(path, ['--version']).status === 0);
export const hasMailServer = DOVECOT !== undefined;

export interface MailServer {
  readonly imapPort: number;
  /** Delivers a letter as a mail transport does; the reply of the server. */
  deliver(from: string, to: string, letter: string): Promise<string>;
  stop(): Promise<void>;
}

export async function mailServer(): Promise<MailServer> {
  const dir = mkdtempSync(join(tmpdir(), 'dovecot-'));
  chmodSync(dir, 0o777);
  mkdirSync(join(dir, 'mail'), { mode: 0o777 });
  chmodSync(join(dir, 'mail'), 0o777);
  const [imapPort, lmtpPort] = [24_000 + (process.pid % 4_000), 28_000 + (process.pid % 4_000)];
  const config = join(dir, 'dovecot.conf');
  writeFileSync(config, configOf(dir, imapPort, lmtpPort));
  const server = spawn(DOVECOT ?? '', ['-F', '-c', config], { stdio: 'ignore' });
  await until(async () => {
    if (!(await isOpen(imapPort)) || !(await isOpen(lmtpPort))) throw new Error('Dovecot does not listen.');
  });
  return {
    imapPort,
    deliver: (from, to, letter) => delivered(lmtpPort, from, to, letter),
    stop: () => stopped(server, dir),
  };
}

/** Root may not own a mailbox, so a run as root keeps the mail as nobody. */
function configOf(dir: string, imapPort: number, lmtpPort: number): string {
  const { uid, gid, username } = userInfo();
  const [mailUid, mailGid] = uid === 0 ? [65_534, 65_534] : [uid, gid];
  const internal = uid === 0 ? '' : `default_internal_user = ${username}\ndefault_login_user = ${username}\n`;
  return `base_dir = ${dir}/run
log_path = ${dir}/log
${internal}protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%n
recipient_delimiter = +
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${dir}/mail/%n allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
`;
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.destroy() && resolve(true));
    socket.once('error', () => resolve(false));
  });

/** RFC 2033, one letter to one recipient. The letter is latin-1: each character is one byte. */
async function delivered(port: number, from: string, to: string, letter: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setEncoding('latin1');
  let heard = '';
  socket.on('data', (chunk: string) => {
    heard += chunk;
  });
  const says = async (line: string): Promise<string> => {
    heard = '';
    socket.write(line, 'latin1');
    while (!/^\d{3} .*\r\n$/m.test(heard)) await once(socket, 'data');
    return heard.trim();
  };
  await once(socket, 'data');
  await says('LHLO test\r\n');
  await says(`MAIL FROM:<${from}>\r\n`);
  await says(`RCPT TO:<${to}>\r\n`);
  await says('DATA\r\n');
  const reply = await says(`${letter.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.\r\n`);
  socket.end('QUIT\r\n');
  return reply;
}

async function stopped(server: ChildProcess, dir: string): Promise<void> {
  if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
  rmSync(dir, { recursive: true, force: true });
}
