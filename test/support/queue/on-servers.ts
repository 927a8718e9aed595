import { describe, it } from '@jest/globals';
import { type EngineName, SERVERS } from './engines.js';

// Jest rejects an empty table, so the skipped title reports a missing server.
/** `describe.each` over the servers, or over some of them. */
export function describeOnServers(
  title: string,
  block: (engine: EngineName) => void,
  servers: readonly EngineName[] = SERVERS,
): void {
  if (servers.length > 0) describe.each(servers)(title, block);
  else describe.skip(title, () => it('needs a server', () => undefined));
}

/** `it.each` over the servers. */
export function itOnServers(title: string, test: (engine: EngineName) => Promise<void>): void {
  if (SERVERS.length > 0) it.each(SERVERS)(title, test);
  else it.skip(title, () => undefined);
}
