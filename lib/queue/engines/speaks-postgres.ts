import { connect } from 'node:net';

/** "May this be TLS?", to which PostgreSQL and its poolers say S or N before all else, or E and an error. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const RESPONSE_TIMEOUT_MS = 500;

/** False where something else answers at that port; undefined where nothing does. */
export async function speaksPostgres(host: string, port: number): Promise<boolean | undefined> {
  const socket = connect(port, host);
  const timer = setTimeout(() => socket.destroy(), RESPONSE_TIMEOUT_MS);
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => socket.write(TLS_REQUEST));
      socket.once('data', (answer) => resolve(isPostgres(answer)));
      socket.once('error', () => resolve(undefined));
      socket.once('close', () => resolve(undefined));
    });
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

function isPostgres(answer: Buffer): boolean {
  const [first = ''] = answer.toString('latin1');
  // Others greet, with an S or an N, too, but with more than that.
  return answer.length === 1 ? 'SN'.includes(first) : first === 'E' && answer[1] === 0;
}
