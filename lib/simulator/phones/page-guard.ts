import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Whether a request may be served, and with which headers a page elsewhere may read its answer. */
export type Admission =
  | { readonly admitted: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly admitted: false; readonly reason: string };

/**
 * Lets in the simulator's own page and pages on this machine, and keeps other sites' pages out: a name that somebody
 * has pointed at this machine (DNS rebinding), and a page that posts across sites.
 *
 * @param host the address that the simulator was told to listen on
 */
export function admission(headers: IncomingHttpHeaders, host: string): Admission {
  const named = hostOf(`http://${headers.host ?? ''}`);
  if (named === undefined || !(isOwnName(named) || named === host)) {
    return { admitted: false, reason: 'The simulator answers to its address and to localhost only.' };
  }
  const { origin } = headers;
  if (origin === undefined) return { admitted: true, headers: {} };
  const caller = hostOf(origin);
  const isItself = origin === `http://${headers.host}`;
  if (!isItself && !(caller !== undefined && isLoopback(caller))) {
    return { admitted: false, reason: 'Only pages on this machine may call the simulator.' };
  }
  return { admitted: true, headers: { 'access-control-allow-origin': origin, vary: 'origin' } };
}

/** An address in digits cannot be made to point elsewhere, as a name can. */
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
