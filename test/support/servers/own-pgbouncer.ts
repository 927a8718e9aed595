import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../time.js';
import { freePort, programNamed, removeDirectory, serverDirectory, serverUser } from './own-server.js';

export type PoolMode = 'session' | 'transaction' | 'statement';

/** A PgBouncer of a test's own, before the server of the URL; undefined where none is installed. */
export interface OwnPgBouncer {
  url: string;
  remove(): Promise<void>;
}

export const PGBOUNCER = programNamed('pgbouncer', '/usr/sbin', '/usr/local/sbin');

export async function startPgBouncer(behind: string, mode: PoolMode): Promise<OwnPgBouncer> {
  if (PGBOUNCER === undefined) throw new Error('pgbouncer is not installed');
  const target = new URL(behind);
  const directory = await serverDirectory();
  const port = await freePort();
  const file = join(directory, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
* = host=${target.hostname} port=${target.port} user=${target.username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = 60
max_client_conn = 200
logfile = ${join(directory, 'log')}
`,
  );
  await chmod(file, 0o644);
  const child = spawn(PGBOUNCER, ['-q', file], { stdio: 'ignore', ...serverUser() });
  await until(() => answers(port));
  const url = new URL(behind);
  url.port = String(port);
  return {
    url: url.href,
    remove: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await removeDirectory(directory);
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
