import { connect } from 'node:net';

/**
 * SSLRequest, to which PostgreSQL and its poolers respond with S or N, or E and an error.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
 */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const RESPONSE_TIMEOUT_MS = 500;

/** Returns false if another kind of server responds, and undefined if none does. */
export async function speaksPostgres(host: string, port: number): Promise<boolean | undefined> {
  const socket = connect(port, host);
  const timer = setTimeout(() => socket.destroy(), RESPONSE_TIMEOUT_MS);
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => socket.write(TLS_REQUEST));
      socket.once('data', (response) => resolve(isPostgres(response)));
      socket.once('error', () => resolve(undefined));
      socket.once('close', () => resolve(undefined));
    });
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

function isPostgres(response: Buffer): boolean {
  const [first = ''] = response.toString('latin1');
  // The greeting of another server may also start with S or N, but is longer.
  return response.length === 1 ? 'SN'.includes(first) : first === 'E' && response[1] === 0;
}
