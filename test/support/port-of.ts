import type { Server } from 'node:net';

/** The port on which a server listens. */
export function portOf(server: unknown): number {
  const address = (server as Server).address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port.');
  return address.port;
}
