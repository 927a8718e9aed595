import { Redis } from 'ioredis';
import {
  freePort,
  type OwnServer,
  programNamed,
  removeDirectory,
  ServerProcess,
  serverDirectory,
} from './own-server.js';

/** A durable Redis, or undefined if none is installed. */
export async function startOwnRedis(): Promise<(OwnServer & { port: number }) | undefined> {
  const program = programNamed('redis-server');
  if (program === undefined) return undefined;
  const directory = await serverDirectory();
  const port = await freePort();
  const values = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--appendonly',
    'yes',
    '--save',
    '',
  ];
  const server = new ServerProcess(program, values, () => answers(port));
  await server.start();
  const endedBy = (signal: NodeJS.Signals) => ({ begin: () => server.end(signal), end: () => server.start() });
  return {
    port,
    engine: { kind: 'redis', connection: `redis://127.0.0.1:${port}` },
    outages: {
      'stopped in order': endedBy('SIGTERM'),
      killed: endedBy('SIGKILL'),
      hanging: {
        begin: async () => server.signalAll('SIGSTOP'),
        end: async () => server.signalAll('SIGCONT'),
      },
    },
    remove: async () => {
      server.signalAll('SIGCONT');
      await server.end('SIGKILL');
      await removeDirectory(directory);
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
