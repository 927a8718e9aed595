import { once } from 'node:events';
import { connect as connectPlainly, type Socket } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import type { RedisOptions } from 'ioredis';
import type { Issue } from '../../errors/issue.js';
import { issue } from './redis-target.js';

const PATH = 'engine.connection.tls';
const TIMEOUT_MS = 900;

/**
 * Returns an issue if the client uses TLS and the server does not, or the other way around. The driver only sees a
 * connection without a response in both cases.
 */
export async function tlsIssue({ host, port, path, tls }: RedisOptions): Promise<Issue | undefined> {
  const address = path === undefined || path === null ? { host: host ?? '127.0.0.1', port: port ?? 6_379 } : { path };
  if (tls) {
    const responds = await probe(() => connectPlainly(address), 'data', 'PING\r\n');
    return responds
      ? issue(PATH, 'must be undefined (redis:// instead of rediss://): the server does not use TLS')
      : undefined;
  }
  // No data is sent to the unverified server.
  const responds = await probe(() => connectByTls({ ...address, rejectUnauthorized: false }), 'secureConnect');
  return responds ? issue(PATH, 'is required (rediss:// instead of redis://): the server requires TLS') : undefined;
}

/** Returns why a connection fails, or undefined if it succeeds. For cluster nodes the driver does not report it. */
export async function connectionError(host: string, port: number): Promise<unknown> {
  const socket = connectPlainly({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return undefined;
  } catch (error) {
    return error;
  } finally {
    socket.destroy();
  }
}

async function probe(open: () => Socket, event: 'data' | 'secureConnect', request?: string): Promise<boolean> {
  const socket = open();
  socket.on('error', () => undefined);
  try {
    if (request !== undefined) socket.write(request);
    await once(socket, event, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
