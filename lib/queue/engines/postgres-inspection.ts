import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { delay } from '../../async/delay.js';
import { isRecord } from '../../validation/is-record.js';
import { notUsable, startError } from './postgres-start-error.js';
import { QuietClient } from './session-client.js';
import { speaksPostgres } from './speaks-postgres.js';

/** Where sessions are kept apart, a notification takes some milliseconds. */
const NOTIFY_TIMEOUT_MS = 2_000;
const MAX_SKEW_MS = 2_000;

const POOLER =
  'notifications do not arrive, and sessions are shared: this is a pooler like PgBouncer in transaction or statement ' +
  'mode; use its session mode, or connect to PostgreSQL directly';
const OTHER_PROTOCOL = 'what answers at this host and port does not speak its protocol: it is another kind of server';
const READ_ONLY = 'the server takes no writes, as a replica does: connect to the primary';

/** What is known of a server that can be used. */
export interface ServerFacts {
  /** How far this process's clock is ahead of the server's, less what the measurement itself may be wrong by. */
  clockAheadMs: number;
}

/**
 * Tries what the queue will use, and leaves nothing behind: two sessions of their own, a notification from one to the
 * other, a server that takes writes.
 *
 * @throws ConfigurationError where it can never work. @throws QueueUnavailableError where nobody answers.
 */
export async function inspectServer(connectionString: string, timeoutMs: number): Promise<ServerFacts> {
  const clients: QuietClient[] = [];
  const connect = async () => {
    const client = new QuietClient({ connectionString });
    clients.push(client);
    await client.connect();
    return client;
  };
  const late = () => {
    for (const client of clients) client.destroy('the time is over');
  };
  const timer = setTimeout(late, timeoutMs);
  try {
    const [one, other] = await Promise.all([connect(), connect()]);
    timer.refresh();
    await requireWrites(one);
    await requireSessions(one, other);
    return { clockAheadMs: await measureClock(one) };
  } catch (error) {
    const failure = startError(error, connectionString, timeoutMs);
    throw (await isOther(failure, clients)) ? notUsable('protocol', OTHER_PROTOCOL, failure.cause) : failure;
  } finally {
    clearTimeout(timer);
    for (const client of clients) void client.end().catch(() => undefined);
  }
}

/** Whether what cannot be reached is there, but is no PostgreSQL. */
async function isOther({ cause }: Error, [client]: readonly QuietClient[]): Promise<boolean> {
  const isRefusal = isRecord(cause) && cause.code !== undefined;
  if (isRefusal || !client || client.host.startsWith('/')) return false;
  return (await speaksPostgres(client.host, client.port)) === false;
}

/** One sentence where the clocks differ by more than is good. */
export function clockWarning(aheadMs: number): string | undefined {
  if (Math.abs(aheadMs) <= MAX_SKEW_MS) return undefined;
  const seconds = (Math.abs(aheadMs) / 1_000).toFixed(1);
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  return (
    `The clock of this process is ${seconds} s ${side} PostgreSQL's: messages with sendAt go out at the wrong time, ` +
    'and workers whose clocks differ take messages from each other. Synchronize the clocks (NTP).'
  );
}

async function requireSessions(one: QuietClient, other: QuietClient): Promise<void> {
  // A pooler may hide that it shares sessions as long as nobody else is there: the same one twice is proof, others not.
  if ((await backendOf(one)) === (await backendOf(other))) throw notUsable('sessions', POOLER);
  const channel = `messaging_trial_${randomUUID().replaceAll('-', '')}`;
  const heard = once(one, 'notification');
  // It fails where the connection is lost, which the queries tell, too.
  heard.catch(() => undefined);
  await one.query(`LISTEN ${channel}`);
  await other.query('SELECT pg_notify($1, $2)', [channel, '']);
  const isHeard = heard.then(
    () => true,
    () => false,
  );
  const isOver = new AbortController();
  const arrived = await Promise.race([isHeard, delay(NOTIFY_TIMEOUT_MS, isOver.signal).then(() => false)]);
  isOver.abort();
  await one.query(`UNLISTEN ${channel}`);
  if (!arrived) throw notUsable('notifications', POOLER);
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
