import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import type { Secret } from '../config/accounts/secret.js';
import { isLoopback } from '../config/loopback.js';

export interface DispatcherOptions {
  maxSockets: number;
  /** Its URL may contain a password. */
  proxy?: Secret | undefined;
}

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Creates the connection pools, one per host: keep-alive, bounded, without pipelining.
 *
 * undici's own timeouts are disabled, because that of the attempt includes the connection. The environment's proxies are
 * not used for loopback addresses.
 */
export function createDispatcher(options: DispatcherOptions, environment = process.env): Dispatcher {
  const pool = { connections: options.maxSockets, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
  if (options.proxy !== undefined) {
    const address = options.proxy.reveal();
    return new EnvHttpProxyAgent({ ...pool, httpProxy: address, httpsProxy: address });
  }
  const proxied = PROXY_VARIABLES.some((variable) => environment[variable]);
  if (!proxied) return new Agent(pool);
  // A proxy cannot reach this machine's loopback interface.
  const isDirect = (origin: string | URL) => isLoopback(new URL(origin).hostname);
  const factory = (origin: string | URL) => (isDirect(origin) ? new Pool(origin, pool) : new EnvHttpProxyAgent(pool));
  return new Agent({ ...pool, factory });
}
