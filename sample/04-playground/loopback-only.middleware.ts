import type { IncomingMessage, ServerResponse } from 'node:http';

const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses what a page of somebody else's makes the browser send: a name of theirs that leads to this machine, or a
 * request from their own address. Webhooks come without an origin.
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
