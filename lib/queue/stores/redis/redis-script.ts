import { createHash } from 'node:crypto';
import { types } from 'node:util';
import { asSharedStore } from '../shared-store.error.js';
import type { RedisClient } from './redis-client.interface.js';

/** Lua code that sets `now` to the server's time, in milliseconds with a fraction. */
export const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
`;

/** A Lua script, which is sent in full only if the server has not cached it. */
export class RedisScript {
  private readonly sha: string;

  constructor(
    private readonly operation: string,
    private readonly lua: string,
  ) {
    this.sha = createHash('sha1').update(lua).digest('hex');
  }

  /** @throws SharedStoreError */
  run(client: RedisClient, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
    return asSharedStore('redis', this.operation, async () => {
      try {
        return await client.evalsha(this.sha, keys.length, ...keys, ...values);
      } catch (error) {
        if (!types.isNativeError(error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return await client.eval(this.lua, keys.length, ...keys, ...values);
      }
    });
  }
}
