/** How a simulator is started. Everything may be left out. */
export interface GatewaySimulatorOptions {
  /** The port to listen on. Default: 0, which takes any free one. */
  port?: number;
  /** The address to listen on. Default: `127.0.0.1`, so that nobody else on the network can reach it. */
  host?: string;
  /** How many accepted messages are kept, over all providers; the oldest go first. Default: 10,000. */
  keep?: number;
  /** How many requests are kept, over all providers; the oldest go first. Default: 1,000. */
  keepRequests?: number;
  /** How large a request body may be, in bytes; a larger one is answered 413. Default: 16 MiB, as images may be in it. */
  bodyLimit?: number;
}
