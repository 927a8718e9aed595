import { once } from 'node:events';
import { connect as connectPlainly, type Socket } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import type { RedisOptions } from 'ioredis';
import type { Issue } from '../../errors/issue.js';
import { issue } from './redis-target.js';

const PATH = 'engine.connection.tls';
const TIMEOUT_MS = 900;

/**
 * Whether TLS is used where the server does not speak it, or the other way round. The driver cannot tell: in both cases
 * there is only no answer.
 */
export async function tlsIssue({ host, port, path, tls }: RedisOptions): Promise<Issue | undefined> {
  const address = path === undefined || path === null ? { host: host ?? '127.0.0.1', port: port ?? 6_379 } : { path };
  if (tls) {
    const answered = await probe(() => connectPlainly(address), 'data', 'PING\r\n');
    return answered
      ? issue(PATH, 'must be left out (redis:// in place of rediss://): the server does not use TLS')
      : undefined;
  }
  // Nothing is told to whoever that is.
  const answered = await probe(() => connectByTls({ ...address, rejectUnauthorized: false }), 'secureConnect');
  return answered ? issue(PATH, 'must be given (rediss:// in place of redis://): the server wants TLS') : undefined;
}

/** Why nobody can be connected to; undefined where somebody can. The driver does not tell that of a cluster's nodes. */
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

async function probe(open: () => Socket, sign: 'data' | 'secureConnect', words?: string): Promise<boolean> {
  const socket = open();
  socket.on('error', () => undefined);
  try {
    if (words !== undefined) socket.write(words);
    await once(socket, sign, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
