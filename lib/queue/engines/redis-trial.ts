import { randomUUID } from 'node:crypto';
import { keyIn } from './bullmq-internals/redis.js';
import type { RedisConnection } from './redis-clients.js';
import { isReply } from './redis-refusal.js';

/** The connections of a process to Redis. */
export interface RedisConnections {
  /** Adds and reads jobs. Fails at once if Redis is unavailable. */
  producer: RedisConnection;
  /** Used by workers. Waits until Redis is available again. */
  consumer: RedisConnection;
  /** Receives messages of other processes. */
  subscriber: RedisConnection;
}

/** The names and features that the queue will use. */
export interface RedisUse {
  /** The prefix of BullMQ's keys. */
  prefix: string;
  /** The names of the queues. */
  queues: readonly string[];
  /** The prefix of the stores' keys. */
  stores: string;
  channel: string;
  worker: boolean;
  listens: boolean;
}

// KEYS: unused keys. Calls each command of BullMQ's and our scripts once.
const TRY_COMMANDS = `
local hash, list, other, sorted, set, stream, text = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local calls = {
  {'HSET', hash, 'f', '1'}, {'HMSET', hash, 'f', '1'}, {'HGET', hash, 'f'}, {'HMGET', hash, 'f'}, {'HGETALL', hash},
  {'HEXISTS', hash, 'f'}, {'HINCRBY', hash, 'f', 1}, {'HDEL', hash, 'f'},
  {'LPUSH', list, 'a'}, {'RPUSH', list, 'b'}, {'LLEN', list}, {'LRANGE', list, 0, 1}, {'LINDEX', list, 0},
  {'LPOS', list, 'a'}, {'RPOPLPUSH', list, other}, {'LREM', other, 1, 'b'}, {'RPOP', list}, {'LTRIM', list, 0, 1},
  {'ZADD', sorted, 1, 'a'}, {'ZSCORE', sorted, 'a'}, {'ZCARD', sorted}, {'ZCOUNT', sorted, 0, 1},
  {'ZRANGE', sorted, 0, 1}, {'ZREVRANGE', sorted, 0, 1}, {'ZRANGEBYSCORE', sorted, 0, 1},
  {'ZREVRANGEBYSCORE', sorted, 1, 0}, {'ZPOPMIN', sorted}, {'ZREM', sorted, 'a'},
  {'ZREMRANGEBYSCORE', sorted, 0, 1}, {'ZREMRANGEBYRANK', sorted, 0, 1},
  {'SADD', set, 'a'}, {'SISMEMBER', set, 'a'}, {'SMEMBERS', set}, {'SCARD', set}, {'SREM', set, 'a'},
  {'XADD', stream, '*', 'f', '1'}, {'XLEN', stream}, {'XTRIM', stream, 'MAXLEN', 0},
  {'SET', text, '1', 'PX', 1000}, {'GET', text}, {'INCR', text}, {'PTTL', text}, {'PEXPIRE', text, 1000},
  {'EXISTS', text}, {'TYPE', text}, {'TIME'}, {'DEL', text}, {'UNLINK', hash, list, other, sorted, set, stream},
}
for _, call in ipairs(calls) do
  local response = redis.pcall(unpack(call))
  if type(response) == 'table' and response.err then return {call[1], response.err} end
end
return {}`;
const UNKNOWN_SCRIPT = '0'.repeat(40);

/** Redis rejected a command that the queue needs. */
export class RejectedTrialError extends Error {
  override readonly name = 'ReplyError';

  constructor(
    /** The command that was tried. */
    readonly tried: string,
    /** Redis' response. */
    message: string,
  ) {
    super(message);
  }
}

/** Runs each command of the queue once, with unused names, and leaves nothing behind. */
export async function tryRedis({ producer, consumer, subscriber }: RedisConnections, use: RedisUse): Promise<void> {
  const id = `trial-${randomUUID()}`;
  const queues = use.queues.map((name) => keyIn({ prefix: use.prefix, name }, id));
  const [key = id] = queues;
  const trials = [
    ...[...queues, `${use.stores}:${id}`].map((name) => tryCommands(producer, name)),
    tryCall('EVALSHA', producer.evalsha(UNKNOWN_SCRIPT, 1, key)),
    // In a transaction, blocking commands do not wait.
    tryCall('MULTI', producer.multi().get(key).exec()),
    tryCall('TIME', producer.time()),
    tryCall(`PUBLISH ${use.channel}`, producer.publish(use.channel, '')),
    ...(use.worker ? [tryCall('BZPOPMIN', consumer.multi().bzpopmin(key, 1).exec())] : []),
    ...(use.listens
      ? [
          tryCall('XREAD', consumer.multi().xread('BLOCK', 1, 'STREAMS', key, '$').exec()),
          tryCall('XREVRANGE', producer.xrevrange(key, '+', '-', 'COUNT', 1)),
          tryCall('CLIENT SETNAME', consumer.client('SETNAME', 'trial')),
        ]
      : []),
    tryCall(`SUBSCRIBE ${use.channel}`, subscriber.subscribe(use.channel)),
  ];
  await Promise.all(trials);
}

async function tryCommands(client: RedisConnection, name: string): Promise<void> {
  const keys = Array.from({ length: 7 }, (_, index) => `${name}:${index}`);
  const response = await tryCall('EVAL', client.eval(TRY_COMMANDS, keys.length, ...keys));
  const [command, error] = Array.isArray(response) ? response : [];
  if (typeof command === 'string') throw new RejectedTrialError(`${command} ${name}`, String(error));
}

/** Awaits a command. @throws RejectedTrialError */
export async function tryCall<T>(tried: string, call: Promise<T>): Promise<T | undefined> {
  try {
    const response = await call;
    throwRejectionIn(response);
    return response;
  } catch (error) {
    if (!isReply(error)) throw error;
    // The command is permitted, which is all that is tested.
    if (error.message.startsWith('NOSCRIPT')) return undefined;
    throw Object.assign(new RejectedTrialError(tried, error.message), previousErrorsOf(error));
  }
}

/** Transactions return the error of each command. */
function throwRejectionIn(response: unknown): void {
  if (!Array.isArray(response)) return;
  for (const entry of response) if (Array.isArray(entry) && isReply(entry[0])) throw entry[0];
}

function previousErrorsOf(error: Error): { previousErrors?: unknown } {
  return 'previousErrors' in error ? { previousErrors: error.previousErrors } : {};
}
