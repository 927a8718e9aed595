import type { MediaLocation } from '../adapters/provider-adapter.interface.js';

/** The hosts that an account may download from. */
type MediaHosts = Pick<MediaLocation, 'baseUrl' | 'hosts'>;

/**
 * Parses the URL of a file. Returns undefined if its host belongs neither to the account's base URL, nor to the
 * hosts of files.
 *
 * @param base The URL that a relative one refers to.
 */
export function parseMediaUrl(given: string, allowed: MediaHosts, base?: string): URL | undefined {
  if (!URL.canParse(given, base)) return undefined;
  const url = new URL(given, base);
  if (url.username !== '' || url.password !== '') return undefined;
  if (url.origin === new URL(allowed.baseUrl).origin) return url;
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  return allowed.hosts.some((host) => isHost(url.hostname, host)) ? url : undefined;
}

/** A host that begins with a dot stands for all its subdomains. */
function isHost(hostname: string, host: string): boolean {
  return host.startsWith('.') ? hostname.endsWith(host) : hostname === host;
}
