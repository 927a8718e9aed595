import type { RedisOptions } from 'ioredis';

/** Where queued messages are kept. */
export type QueueEngineOptions =
  | {
      /** In this process, on disk: no server. For one process at a time. Survives `kill -9`, not a power cut. */
      kind: 'embedded';
      /** Default: `.button-messaging` in the working directory. */
      directory?: string;
    }
  | {
      /** For many processes. Redis needs `appendonly yes`, or its restart loses messages. */
      kind: 'redis';
      /** ioredis' options, or an address as `redis://127.0.0.1:6379`. */
      connection: RedisOptions | string;
    }
  | {
      /** For many processes. */
      kind: 'postgres';
      connectionString: string;
    };

/** The options of `ButtonMessagingQueueModule`. */
export interface ButtonMessagingQueueOptions {
  /** Default: `{ kind: 'embedded' }`. */
  engine?: QueueEngineOptions;
  /** Modules with different names do not see each other's messages. Default: `button-messaging`. */
  name?: string;
  /** Whether this process sends; one that only enqueues says false. Default: true. */
  worker?: boolean;
  /**
   * Messages sent at a time by this process. It takes up twice as many, so that the next are at hand while others are
   * put away; with 1, one after the other. Default: 16.
   */
  concurrency?: number;
  /** How often a message is taken up before it has failed, each time with the module's own retries. Default: 5. */
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
  /** How long sent and failed messages can be found, in milliseconds. Default: 24 hours. */
  keepMs?: number;
  /** How long `app.close()` waits for sends in flight, in milliseconds. Default: 10,000. */
  closeTimeoutMs?: number;
}
