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
const WAITS: Resilience = { maxRetriesPerRequest: null };
/** Of the time that there is; the rest is for finding out why nobody answers. */
const CONNECTED_BY = 0.8;

/** Connects to Redis for the first time, and finds out what it is; what goes wrong is told, and closed behind it. */
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
   * @param prepare What is to be done with the connections before anything else.
   * @throws ConfigurationError, QueueUnavailableError.
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
    // Fails at once when Redis is down; BullMQ alone would wait for ever.
    const failsFast = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: this.timeoutMs };
    const [producer, servers] = await this.connectFirst(failsFast);
    const [consumer, subscriber] = await Promise.all([this.connect(WAITS), this.connect(WAITS)]);
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
    if (this.isOver) throw new Error('The time to connect is over');
    const connection = createConnection(this.given, resilience);
    this.made.push(connection);
    const issues = keyPrefixIssues(connection.options.keyPrefix);
    if (issues.length > 0) throw new ConfigurationError(issues);
    let refusal: Error | undefined;
    const hear = (error: unknown) => {
      const cause = causeOf(error);
      if (isReply(cause)) refusal = cause;
      // Said of every connection that is over, after the reason.
      if (!this.lastError || !isClosed(cause)) this.lastError = cause;
    };
    for (const event of ERRORS) connection.on(event, hear);
    try {
      await connection.connect();
    } catch (error) {
      throw refusal ?? this.lastError ?? error;
    } finally {
      for (const event of ERRORS) connection.off(event, hear);
    }
    // Where its database is refused, ioredis goes on in another.
    if (refusal) throw refusal;
    return connection;
  }

  private async late(signal: AbortSignal): Promise<never> {
    await delay(this.timeoutMs * CONNECTED_BY, signal);
    throw this.lastError ?? new Error(`it does not answer within ${this.timeoutMs} ms`);
  }

  private async explained(error: unknown): Promise<Error> {
    const [first] = this.made;
    if (this.given.kind === 'cluster' && isClosed(error)) {
      const [node] = this.given.nodes;
      const { host = '127.0.0.1', port = 6_379 } = typeof node === 'object' ? node : {};
      return startError((await connectionError(host, port)) ?? error);
    }
    const isAnswered = isReply(error) || error instanceof ConfigurationError || !(first instanceof ServerConnection);
    if (isAnswered || first.options.sentinels || !maybeTls(error)) return startError(error);
    const found = await tlsIssue(first.options);
    return found ? startError(new ConfigurationError([found])) : startError(error);
  }
}

const ERRORS = ['error', 'node error', 'sentinelError'];

/** What never changes, so that the queue can never work there. @throws ConfigurationError. */
export function checkServers(servers: readonly RedisInformation[], followsMaster: boolean): void {
  const issues = servers.flatMap(({ version, isSentinel, isReplica, evictionPolicy }) => {
    if (isSentinel) return [issue(PATH, 'leads to a Sentinel; give it in sentinels, and the name of the master')];
    return [
      ...(isReplica && !followsMaster ? [replicaIssue()] : []),
      ...(version !== undefined && isOlder(version, BullConnection.minimumVersion)
        ? [issue(PATH, `leads to Redis ${version}; BullMQ needs ${BullConnection.minimumVersion} or newer`)]
        : []),
      ...(evictionPolicy === undefined
        ? []
        : [
            issue(
              PATH,
              `leads to a Redis that forgets keys when its memory is full; set maxmemory-policy noeviction in place of ${evictionPolicy}`,
            ),
          ]),
    ];
  });
  const [first] = issues;
  if (first) throw new ConfigurationError([first]);
}

async function informationOf(connection: RedisConnection): Promise<RedisInformation[]> {
  const answers = await Promise.all(connection.masters().map((server) => tryCall('INFO', server.info())));
  return answers.flatMap((answer) => (answer === undefined ? [] : [readInformation(answer)]));
}

/** What a cluster's or a sentinel's error is about. */
function causeOf(error: unknown): unknown {
  return isRecord(error) && error.lastNodeError ? error.lastNodeError : error;
}

function isClosed(error: unknown): boolean {
  return isRecord(error) && error.message === 'Connection is closed.';
}

/** Nobody listens, or the name is unknown: that has nothing to do with TLS. */
function maybeTls(error: unknown): boolean {
  const { code } = isRecord(error) ? error : {};
  return !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENOENT'].includes(String(code));
}
