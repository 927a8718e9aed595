import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { withTimeout } from '../../async/delay.js';
import { isRecord } from '../../validation/is-record.js';
import { notUsable, startError } from './postgres-start-error.js';
import { QuietClient } from './session-client.js';

/** With separate sessions, a notification takes a few milliseconds. */
const NOTIFY_TIMEOUT_MS = 2_000;
const MAX_SKEW_MS = 2_000;
const RESPONSE_TIMEOUT_MS = 500;
/**
 * SSLRequest, to which PostgreSQL and its poolers respond with S or N, or E and an error.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
 */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

const POOLER =
  'notifications do not arrive because sessions are shared, as by PgBouncer in transaction or statement ' +
  'mode. Use its session mode, or connect to PostgreSQL directly';
const OTHER_PROTOCOL = 'the server at this host and port is not PostgreSQL';
const READ_ONLY = 'the server is read-only, for example a replica: connect to the primary';

/**
 * Tries what the queue needs, and leaves nothing behind: two separate sessions, a notification between them, and a
 * server that accepts writes. Returns by how many milliseconds this process's clock is ahead of the server's, minus the
 * possible error of the measurement.
 *
 * @throws ConfigurationError if the server cannot be used
 * @throws QueueUnavailableError if the server does not respond
 */
export async function inspectServer(connectionString: string, timeoutMs: number): Promise<number> {
  const clients: QuietClient[] = [];
  const connect = async () => {
    const client = new QuietClient({ connectionString });
    clients.push(client);
    await client.connect();
    return client;
  };
  const onTimeout = () => {
    for (const client of clients) client.destroy('it timed out');
  };
  const timer = setTimeout(onTimeout, timeoutMs);
  try {
    const [one, other] = await Promise.all([connect(), connect()]);
    timer.refresh();
    await requireWrites(one);
    await requireSessions(one, other);
    return await measureClock(one);
  } catch (error) {
    const failure = startError(error, connectionString, timeoutMs);
    throw (await isOtherServer(failure, clients)) ? notUsable('protocol', OTHER_PROTOCOL, failure.cause) : failure;
  } finally {
    clearTimeout(timer);
    for (const client of clients) void client.end().catch(() => undefined);
  }
}

/** Returns whether another kind of server responds at this address. */
async function isOtherServer({ cause }: Error, [client]: readonly QuietClient[]): Promise<boolean> {
  const isRejection = isRecord(cause) && cause.code !== undefined;
  if (isRejection || !client || client.host.startsWith('/')) return false;
  return (await speaksPostgres(client.host, client.port)) === false;
}

/** Returns false if another kind of server responds, and undefined if none does. */
async function speaksPostgres(host: string, port: number): Promise<boolean | undefined> {
  const socket = connect(port, host);
  const signal = AbortSignal.timeout(RESPONSE_TIMEOUT_MS);
  try {
    await once(socket, 'connect', { signal });
    socket.write(TLS_REQUEST);
    const [response]: unknown[] = await once(socket, 'data', { signal });
    return Buffer.isBuffer(response) && isPostgres(response);
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

function isPostgres(response: Buffer): boolean {
  const [first = ''] = response.toString('latin1');
  // The greeting of another server may also start with S or N, but is longer.
  return response.length === 1 ? 'SN'.includes(first) : first === 'E' && response[1] === 0;
}

/** Returns a warning if the clocks differ by more than two seconds. */
export function clockWarning(aheadMs: number): string | undefined {
  if (Math.abs(aheadMs) <= MAX_SKEW_MS) return undefined;
  const seconds = (Math.abs(aheadMs) / 1_000).toFixed(1);
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  return (
    `The clock of this process is ${seconds} s ${side} PostgreSQL's: messages with sendAt are sent at the wrong time, ` +
    'and workers whose clocks differ take messages from each other. Synchronize the clocks (NTP).'
  );
}

async function requireSessions(one: QuietClient, other: QuietClient): Promise<void> {
  // The same backend twice proves that sessions are shared. Different backends prove nothing while the pooler is idle.
  if ((await backendOf(one)) === (await backendOf(other))) throw notUsable('sessions', POOLER);
  const channel = `messaging_trial_${randomUUID().replaceAll('-', '')}`;
  let isNotified = false;
  // If the connection is lost, the queries fail too.
  const notified = once(one, 'notification').then(
    () => {
      isNotified = true;
    },
    () => undefined,
  );
  await one.query(`LISTEN ${channel}`);
  await other.query('SELECT pg_notify($1, $2)', [channel, '']);
  await withTimeout(NOTIFY_TIMEOUT_MS, notified);
  await one.query(`UNLISTEN ${channel}`);
  if (!isNotified) throw notUsable('notifications', POOLER);
}

async function backendOf(client: QuietClient): Promise<unknown> {
  return (await ask(client, 'SELECT pg_backend_pid() AS pid')).pid;
}

async function requireWrites(client: QuietClient): Promise<void> {
  const { read_only: readOnly } = await ask(
    client,
    `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS read_only`,
  );
  if (readOnly === true) throw notUsable('readOnly', READ_ONLY);
}

async function measureClock(client: QuietClient): Promise<number> {
  const before = Date.now();
  const { now } = await ask(client, 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now');
  const after = Date.now();
  const server = Number(now);
  if (server < before) return before - server;
  return server > after ? after - server : 0;
}

async function ask(client: QuietClient, statement: string): Promise<Record<string, unknown>> {
  const row: unknown = (await client.query(statement)).rows[0];
  return isRecord(row) ? row : {};
}
