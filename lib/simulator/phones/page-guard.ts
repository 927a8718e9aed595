import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Whether a request is allowed, and the response headers for its origin. */
export type Admission =
  | { readonly admitted: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly admitted: false; readonly reason: string };

/**
 * Allows the simulator's own page and pages on this machine. Rejects pages of other sites: a host name that resolves to
 * this machine (DNS rebinding), and cross-site requests.
 *
 * @param host The host of the simulator.
 */
export function admission(headers: IncomingHttpHeaders, host: string): Admission {
  const named = hostOf(`http://${headers.host ?? ''}`);
  if (named === undefined || !(isOwnName(named) || named === host)) {
    return { admitted: false, reason: 'The simulator responds only to its own address and localhost' };
  }
  const { origin } = headers;
  if (origin === undefined) return { admitted: true, headers: {} };
  const caller = hostOf(origin);
  const isItself = origin === `http://${headers.host}`;
  if (!isItself && !(caller !== undefined && isLoopback(caller))) {
    return { admitted: false, reason: 'Only pages on this machine may call the simulator' };
  }
  return { admitted: true, headers: { 'access-control-allow-origin': origin, vary: 'origin' } };
}

/** An IP address cannot be rebound like a name. */
function isOwnName(host: string): boolean {
  return isLoopback(host) || isIP(host) !== 0;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function hostOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  return new URL(address).hostname.replace(/^\[|\]$/g, '') || undefined;
}
