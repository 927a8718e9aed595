import { RedisConnection as BullConnection } from 'bullmq';
import { delay } from '../../async/delay.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import { createConnection, type RedisConnection, type Resilience, ServerConnection } from './redis-clients.js';
import { isOlder, type RedisInformation, readInformation } from './redis-information.js';
import { isReply } from './redis-refusal.js';
import { replicaIssue, startError } from './redis-start-error.js';
import { clusterOf, issue, keyPrefixIssues, type RedisTarget } from './redis-target.js';
import { connectionError, tlsIssue } from './redis-tls-probe.js';
import { type RedisConnections, tryCall } from './redis-trial.js';

const PATH = 'engine.connection';
const WAITING: Resilience = { maxRetriesPerRequest: null };
/** The part of the timeout for connecting. The rest is for diagnosing a failure. */
const CONNECT_SHARE = 0.8;

/**
 * Connects to Redis for the first time and inspects it. After a failure it diagnoses the cause and closes everything.
 */
export class RedisOpening {
  private readonly made: RedisConnection[] = [];
  private lastError: unknown;
  private given: RedisTarget;
  private isOver = false;

  constructor(
    target: RedisTarget,
    private readonly timeoutMs: number,
  ) {
    this.given = target;
  }

  /**
   * @param prepare Prepares the connections within the same timeout.
   * @throws ConfigurationError, QueueUnavailableError
   */
  async open<T>(prepare: (connections: RedisConnections, servers: RedisInformation[]) => Promise<T>): Promise<T> {
    const limit = new AbortController();
    try {
      return await Promise.race([this.connectAll(prepare), this.late(limit.signal)]);
    } catch (error) {
      this.isOver = true;
      for (const connection of this.made) connection.disconnectAll();
      throw await this.explained(error);
    } finally {
      limit.abort();
    }
  }

  private async connectAll<T>(
    prepare: (connections: RedisConnections, servers: RedisInformation[]) => Promise<T>,
  ): Promise<T> {
    // Fails at once if Redis is unavailable. BullMQ's own connection would wait indefinitely.
    const failsFast = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: this.timeoutMs };
    const [producer, servers] = await this.connectFirst(failsFast);
    const [consumer, subscriber] = await Promise.all([this.connect(WAITING), this.connect(WAITING)]);
    return prepare({ producer, consumer, subscriber }, servers);
  }

  private async connectFirst(resilience: Resilience): Promise<[RedisConnection, RedisInformation[]]> {
    const producer = await this.connect(resilience);
    const servers = await informationOf(producer);
    if (!(producer instanceof ServerConnection) || !servers.some(({ isCluster }) => isCluster)) {
      return [producer, servers];
    }
    this.given = clusterOf(producer.options);
    producer.disconnectAll();
    const ofCluster = await this.connect(resilience);
    return [ofCluster, await informationOf(ofCluster)];
  }

  private async connect(resilience: Resilience): Promise<RedisConnection> {
    if (this.isOver) throw new Error('The connection timed out');
    const connection = createConnection(this.given, resilience);
    this.made.push(connection);
    const issues = keyPrefixIssues(connection.options.keyPrefix);
    if (issues.length > 0) throw new ConfigurationError(issues);
    let rejection: Error | undefined;
    const onError = (error: unknown) => {
      const cause = causeOf(error);
      if (isReply(cause)) rejection = cause;
      // Every connection reports that it is closed, after the reason.
      if (!this.lastError || !isClosed(cause)) this.lastError = cause;
    };
    for (const event of ERRORS) connection.on(event, onError);
    try {
      await connection.connect();
    } catch (error) {
      throw rejection ?? this.lastError ?? error;
    } finally {
      for (const event of ERRORS) connection.off(event, onError);
    }
    // If the database is rejected, ioredis continues in another one.
    if (rejection) throw rejection;
    return connection;
  }

  private async late(signal: AbortSignal): Promise<never> {
    await delay(this.timeoutMs * CONNECT_SHARE, signal);
    throw this.lastError ?? new Error(`it did not respond within ${this.timeoutMs} ms`);
  }

  private async explained(error: unknown): Promise<Error> {
    const [first] = this.made;
    if (this.given.kind === 'cluster' && isClosed(error)) {
      const [node] = this.given.nodes;
      const { host = '127.0.0.1', port = 6_379 } = typeof node === 'object' ? node : {};
      return startError((await connectionError(host, port)) ?? error);
    }
    const isExplained = isReply(error) || error instanceof ConfigurationError || !(first instanceof ServerConnection);
    if (isExplained || first.options.sentinels || !maybeTls(error)) return startError(error);
    const found = await tlsIssue(first.options);
    return found ? startError(new ConfigurationError([found])) : startError(error);
  }
}

const ERRORS = ['error', 'node error', 'sentinelError'];

/** Checks what prevents the queue from working on these servers at all. @throws ConfigurationError */
export function checkServers(servers: readonly RedisInformation[], followsMaster: boolean): void {
  const issues = servers.flatMap(({ version, isSentinel, isReplica, evictionPolicy }) => {
    if (isSentinel) return [issue(PATH, 'points to a Sentinel. Set sentinels, and the name of the master')];
    return [
      ...(isReplica && !followsMaster ? [replicaIssue()] : []),
      ...(version !== undefined && isOlder(version, BullConnection.minimumVersion)
        ? [issue(PATH, `points to Redis ${version}, but BullMQ requires ${BullConnection.minimumVersion} or newer`)]
        : []),
      ...(evictionPolicy === undefined
        ? []
        : [
            issue(
              PATH,
              `points to a Redis that evicts keys if its memory is full. Set maxmemory-policy to noeviction instead of ${evictionPolicy}`,
            ),
          ]),
    ];
  });
  const [first] = issues;
  if (first) throw new ConfigurationError([first]);
}

async function informationOf(connection: RedisConnection): Promise<RedisInformation[]> {
  const responses = await Promise.all(connection.masters().map((server) => tryCall('INFO', server.info())));
  return responses.flatMap((info) => (info === undefined ? [] : [readInformation(info)]));
}

/** Returns the node's error that an error of a cluster or sentinel contains. */
function causeOf(error: unknown): unknown {
  return isRecord(error) && error.lastNodeError ? error.lastNodeError : error;
}

function isClosed(error: unknown): boolean {
  return isRecord(error) && error.message === 'Connection is closed.';
}

/** A refused connection or an unknown host name is not caused by TLS. */
function maybeTls(error: unknown): boolean {
  const { code } = isRecord(error) ? error : {};
  return !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENOENT'].includes(String(code));
}
