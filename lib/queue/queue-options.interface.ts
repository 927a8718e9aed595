// biome-ignore lint/suspicious/noTsIgnore: nothing is wrong where ioredis is installed, as here.
/** @ts-ignore: an application without Redis has no ioredis, and its compiler may check this file too. */
import type { ClusterNode, ClusterOptions, RedisOptions } from 'ioredis';

/** A Redis Cluster: some of its nodes, by which the others are found, and ioredis' options of a cluster. */
export type RedisClusterOptions = ClusterOptions & { nodes: ClusterNode[] };

/** A `Redis` or `Cluster` of ioredis, of whatever version. */
export interface RedisInstance {
  readonly options: object;
  readonly status: string;
  /** As a Redis client of ioredis has it; it is not called. */
  duplicate(...values: never[]): unknown;
  /** As a Redis client of ioredis has it; it is not called. */
  defineCommand(...values: never[]): unknown;
}

/** Where queued messages are kept. */
export type QueueEngineOptions =
  | {
      /** In this process, on disk: no server. For one process at a time. Survives `kill -9`, not a power cut. */
      kind: 'embedded';
      /**
       * Default: `.button-messaging` in the working directory. Made for its owner alone where it is missing; one that
       * others may read, write or enter is refused.
       */
      directory?: string;
    }
  | {
      /** For many processes. Redis needs `appendonly yes`, or its restart loses messages. */
      kind: 'redis';
      /**
       * An address such as `redis://127.0.0.1:6379`, ioredis' options (with `sentinels`, too), the `nodes` of a cluster,
       * or an instance of ioredis, of which only the options are taken: the queue connects by itself.
       */
      connection: RedisOptions | RedisClusterOptions | RedisInstance | string;
    }
  | {
      /** For many processes. PgBouncer may stand between in session mode. */
      kind: 'postgres';
      /** As `postgres://user:password@host:5432/database?sslmode=verify-full`. */
      connectionString: string;
    };

/** The options of `ButtonMessagingQueueModule`. */
export interface ButtonMessagingQueueOptions {
  /** Default: `{ kind: 'embedded' }`. */
  engine?: QueueEngineOptions;
  /** Modules with different names do not see each other's messages. None ends in `-held` or `-paused`. Default: `button-messaging`. */
  name?: string;
  /** Whether this process sends; one that only enqueues says false. Default: true. */
  worker?: boolean;
  /**
   * Messages sent at a time by this process. It takes up twice as many, so that the next are at hand while others are
   * put away; with 1, one after the other. A send that takes over half a second lends its place to other accounts. Default: 16.
   */
  concurrency?: number;
  /**
   * How often a message is tried that fails for a reason of its own. What is its account's own state uses up none. The
   * module's `retry` does not hold here. Default: 5.
   */
  attempts?: number;
  /** What becomes of a message of which nobody knows whether it went out. Default: `hold`, for people to decide. */
  onUnknownOutcome?: 'hold' | 'resend';
  /**
   * What `events$` shows: what happens in this `process`, or to the whole `queue`, in all processes. The latter takes
   * two more connections, and tells a little later. Default: `process`.
   */
  events?: 'process' | 'queue';
  /** How long `enqueue` may take, and each connection at the start, in milliseconds. Default: 5,000. */
  enqueueTimeoutMs?: number;
  /** How long sent messages can be found, in milliseconds. Default: 24 hours. */
  keepMs?: number;
  /** How long failed messages can be found and retried, in milliseconds. Default: 30 days, or `keepMs` where that is longer. */
  keepFailedMs?: number;
  /** How long `app.close()` waits for sends in flight, in milliseconds. Default: 10,000. */
  closeTimeoutMs?: number;
}
