import { Cluster, type ClusterNode, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { isReply } from './redis-refusal.js';
import { BLOCKED_SILENT_MS, SILENT_MS } from './redis-silence.js';
import type { RedisTarget } from './redis-target.js';

/** The behaviour of a client while Redis is unavailable. */
export interface Resilience {
  enableOfflineQueue?: boolean;
  maxRetriesPerRequest: number | null;
  commandTimeout?: number;
}

/** A client of one server, or of a cluster. */
export type RedisConnection = ServerConnection | ClusterConnection;

/** A connection that has not closed by then is destroyed, because it keeps the process alive. */
const CLOSE_TIMEOUT_MS = 300;
const SENTINEL_TIMEOUT_MS = 2_000;
const SLOTS_TIMEOUT_MS = 3_000;
const SLOTS_READ_INTERVAL_MS = 2_000;

/** A client of one server. `disconnectAll` also closes BullMQ's duplicates, even if Redis is unavailable. */
export class ServerConnection extends Redis {
  /** Why the server currently rejects connections. */
  rejection: Error | undefined;
  private readonly copies: Redis[] = [];

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate({ ...override, socketTimeout: BLOCKED_SILENT_MS });
    copy.on('error', () => undefined);
    this.copies.push(copy);
    return copy;
  }

  /** Returns the servers that accept writes. */
  masters(): Redis[] {
    return [this];
  }

  disconnectAll(): void {
    for (const client of [this, ...this.copies]) if (client.status !== 'end') client.disconnect();
  }
}

/** A client of a cluster. `disconnectAll` also closes BullMQ's duplicates, even if the cluster is unavailable. */
export class ClusterConnection extends Cluster {
  private readonly copies: Cluster[] = [];

  override duplicate(nodes?: ClusterNode[], override: ClusterOptions = {}): Cluster {
    const { replyMapping: _, ...redisOptions } = override.redisOptions ?? {};
    const copy = super.duplicate(nodes, {
      ...override,
      redisOptions: { ...redisOptions, socketTimeout: BLOCKED_SILENT_MS },
    });
    copy.on('error', () => undefined);
    this.copies.push(copy);
    return copy;
  }

  /** Returns the servers that accept writes. */
  masters(): Redis[] {
    return this.nodes('master');
  }

  disconnectAll(): void {
    for (const client of [this, ...this.copies]) if (client.status !== 'end') client.disconnect();
  }
}

/**
 * Creates a client that is not connected yet. It keeps the application's options, except those that the queue depends
 * on.
 */
export function createConnection(target: RedisTarget, resilience: Resilience): RedisConnection {
  const connection = target.kind === 'cluster' ? ofCluster(target, resilience) : ofServer(target, resilience);
  // Lost connections are reopened. BullMQ and ioredis both emit an error for them.
  connection.on('error', () => undefined);
  if (connection instanceof ServerConnection) recordRejections(connection);
  return connection;
}

function ofServer({ url, options }: Extract<RedisTarget, { kind: 'server' }>, resilience: Resilience) {
  const own = {
    ...safeOptions(options),
    ...resilience,
    ...(options.sentinels && {
      failoverDetector: options.failoverDetector ?? true,
      sentinelCommandTimeout: options.sentinelCommandTimeout ?? SENTINEL_TIMEOUT_MS,
    }),
    lazyConnect: true,
    retryStrategy: retryAfter,
  };
  return url === undefined ? new ServerConnection(own) : new ServerConnection(url, own);
}

function ofCluster({ nodes, options }: Extract<RedisTarget, { kind: 'cluster' }>, resilience: Resilience) {
  const { enableOfflineQueue = true, ...ofNode } = resilience;
  return new ClusterConnection(nodes, {
    ...options,
    scripts: undefined,
    himportFieldsets: undefined,
    scaleReads: 'master',
    shardedSubscribers: false,
    slotsRefreshTimeout: SLOTS_TIMEOUT_MS,
    slotsRefreshInterval: SLOTS_READ_INTERVAL_MS,
    enableOfflineQueue,
    lazyConnect: true,
    clusterRetryStrategy: retryAfter,
    redisOptions: { ...safeOptions(options.redisOptions ?? {}), ...ofNode },
  });
}

/** Removes options that would change responses, and adds timeouts for silent servers. */
function safeOptions(options: RedisOptions) {
  const { replyMapping: _, stringNumbers: _numbers, monitor: _monitor, readOnly: _reads, ...rest } = options;
  const { scripts: _scripts, himportFieldsets: _fieldsets, reconnectOnError, ...others } = rest;
  return {
    ...others,
    connectTimeout: Math.min(options.connectTimeout ?? SILENT_MS, SILENT_MS),
    socketTimeout: Math.min(options.socketTimeout ?? SILENT_MS, SILENT_MS),
    disconnectTimeout: CLOSE_TIMEOUT_MS,
    keepAlive: Math.min(options.keepAlive ?? SILENT_MS, SILENT_MS),
    autoResubscribe: true,
    autoResendUnfulfilledCommands: true,
    reconnectOnError: (error: Error) => isDemoted(error) || (reconnectOnError?.(error) ?? false),
  };
}

function recordRejections(connection: ServerConnection): void {
  const { reconnectOnError } = connection.options;
  connection.on('error', (error: unknown) => {
    if (isReply(error)) connection.rejection = error;
  });
  connection.on('ready', () => {
    connection.rejection = undefined;
  });
  connection.options.reconnectOnError = (error) => {
    if (isDemoted(error)) connection.rejection = error;
    return reconnectOnError?.(error) ?? false;
  };
}

/** The server has become a replica. ioredis reconnects, finds the new master and repeats the command (2). */
function isDemoted(error: Error): 2 | false {
  return error.message.startsWith('READONLY') && 2;
}

function retryAfter(times: number): number {
  return Math.min(times * 100, 1_000);
}
