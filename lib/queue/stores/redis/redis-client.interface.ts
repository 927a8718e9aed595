/** The methods of an ioredis client that the stores use. @publicApi */
export interface RedisClient {
  evalsha(sha: string, numberOfKeys: number, ...keysAndValues: (string | number)[]): Promise<unknown>;
  eval(script: string, numberOfKeys: number, ...keysAndValues: (string | number)[]): Promise<unknown>;
  get(key: string): Promise<string | null>;
  pttl(key: string): Promise<number>;
  publish(channel: string, message: string): Promise<unknown>;
}

/** The methods of the ioredis client that subscribes for the exchange. It cannot run other commands. @publicApi */
export interface RedisSubscriber {
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  on(event: 'message', listener: (channel: string, message: string) => void): unknown;
  on(event: 'ready', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'message', listener: (channel: string, message: string) => void): unknown;
  off(event: 'ready', listener: () => void): unknown;
}
