import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import {
  freePort,
  type OwnServer,
  programNamed,
  removeDirectory,
  ServerProcess,
  serverDirectory,
  serverUser,
} from './own-server.js';

const DEBIAN = '/usr/lib/postgresql';

/** A PostgreSQL cluster; undefined where none is installed. @param own Further settings, as `ssl=on`. */
export async function startOwnPostgres(
  own: readonly string[] = [],
  prepare: (directory: string) => Promise<void> = async () => undefined,
): Promise<OwnServer | undefined> {
  const [initdb, postgres] = ['initdb', 'postgres'].map((name) => programNamed(name, ...debianDirectories()));
  if (initdb === undefined || postgres === undefined) return undefined;
  const directory = await serverDirectory();
  const port = await freePort();
  const connectionString = `postgres://owner@127.0.0.1:${port}/postgres`;
  await promisify(execFile)(
    initdb,
    ['-D', directory, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { cwd: directory, ...serverUser() },
  );
  await prepare(directory);
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...own];
  const values = ['-D', directory, ...settings.flatMap((setting) => ['-c', setting])];
  const server = new ServerProcess(postgres, values, () => answers(connectionString));
  await server.start();
  // What `pg_ctl stop` and `pg_ctl restart` send.
  const endedBy = (signal: NodeJS.Signals) => ({ begin: () => server.end(signal), end: () => server.start() });
  return {
    engine: { kind: 'postgres', connectionString },
    outages: {
      'restarted fast': endedBy('SIGINT'),
      'restarted immediately': endedBy('SIGQUIT'),
      hanging: {
        begin: async () => server.signalAll('SIGSTOP'),
        end: async () => server.signalAll('SIGCONT'),
      },
    },
    remove: async () => {
      server.signalAll('SIGCONT');
      await server.end('SIGQUIT');
      await removeDirectory(directory);
    },
  };
}

function debianDirectories(): string[] {
  try {
    return readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query('SELECT 1')).rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
