import type { IncomingMessage, ServerResponse } from 'node:http';

const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Rejects requests that other websites make the browser send: from their origin, or through a host name that resolves
 * to this machine. Webhooks have no origin.
 */
export function loopbackOnly({ headers }: IncomingMessage, response: ServerResponse, next: () => void): void {
  const { host = '', origin } = headers;
  const isOwn =
    OWN_NAMES.includes(nameOf(`http://${host}`)) && (origin === undefined || OWN_NAMES.includes(nameOf(origin)));
  if (isOwn) next();
  else response.writeHead(403).end();
}

function nameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}
