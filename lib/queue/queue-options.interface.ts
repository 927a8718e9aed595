// biome-ignore lint/suspicious/noTsIgnore: there is no error if ioredis is installed, as here.
/** @ts-ignore: an application without Redis has no ioredis, and its compiler may check this file too. */
import type { ClusterNode, ClusterOptions, RedisOptions } from 'ioredis';

/**
 * A Redis Cluster: some of its nodes, from which ioredis discovers the others, and ioredis' cluster options.
 *
 * @publicApi
 */
export type RedisClusterOptions = ClusterOptions & { nodes: ClusterNode[] };

/** A `Redis` or `Cluster` instance of any version of ioredis. @publicApi */
export interface RedisInstance {
  readonly options: object;
  readonly status: string;
  /** Identifies an ioredis client. It is not called. */
  duplicate(...values: never[]): unknown;
  /** Identifies an ioredis client. It is not called. */
  defineCommand(...values: never[]): unknown;
}

/** Where queued messages are stored. @publicApi */
export type QueueEngineOptions =
  | {
      /**
       * In this process, on disk, without a server. One process at a time. Survives `kill -9`, but not a power failure.
       */
      kind: 'embedded';
      /**
       * The directory of the database. It is created for its owner only. A directory that other users can access is
       * rejected.
       *
       * @default '.button-messaging' in the working directory
       */
      directory?: string;
    }
  | {
      /** For many processes. Without `appendonly yes`, a restart of Redis loses messages. */
      kind: 'redis';
      /**
       * A URL such as `redis://127.0.0.1:6379`, ioredis' options (also with `sentinels`), the `nodes` of a cluster, or
       * an ioredis instance. Of an instance the queue uses only the options, and opens its own connections.
       */
      connection: RedisOptions | RedisClusterOptions | RedisInstance | string;
    }
  | {
      /** For many processes. PgBouncer is supported in session mode. */
      kind: 'postgres';
      /** For example `postgres://user:password@host:5432/database?sslmode=verify-full`. */
      connectionString: string;
    };

/** The options of `ButtonMessagingQueueModule`. @publicApi */
export interface ButtonMessagingQueueOptions {
  /** Where messages are stored. @default { kind: 'embedded' } */
  engine?: QueueEngineOptions;
  /**
   * Separates the messages of several queues in one engine. It must not end in `-held` or `-paused`.
   *
   * @default 'button-messaging'
   */
  name?: string;
  /** Whether this process sends messages. Set it to `false` if it only enqueues. @default true */
  worker?: boolean;
  /**
   * Maximum number of concurrent sends of this process. The worker fetches twice as many jobs. Set it to 1 to send in
   * order. A send that takes more than 500 milliseconds lends its slot to other accounts.
   *
   * @default 16
   */
  concurrency?: number;
  /**
   * Maximum number of attempts for a message. Failures caused by its account or provider do not count. The option
   * `retry` of `ButtonMessagingModule` does not apply to queued messages.
   *
   * @default 5
   */
  attempts?: number;
  /** Whether a message with an unknown outcome is held for `release`, or sent again. @default 'hold' */
  onUnknownOutcome?: 'hold' | 'resend';
  /**
   * Whether `events$` emits the events of this process, or of all processes of the queue. The latter needs two more
   * connections, and is slightly delayed.
   *
   * @default 'process'
   */
  events?: 'process' | 'queue';
  /** Timeout of `enqueue`, and of each connection at startup, in milliseconds. @default 5_000 */
  enqueueTimeoutMs?: number;
  /** Retention of sent messages, in milliseconds. @default 86_400_000, 24 hours */
  keepMs?: number;
  /** Retention of failed messages, in milliseconds. @default 2_592_000_000, 30 days, or `keepMs` if it is longer */
  keepFailedMs?: number;
  /** How long `app.close()` waits for sends in flight, in milliseconds. @default 10_000 */
  closeTimeoutMs?: number;
}
