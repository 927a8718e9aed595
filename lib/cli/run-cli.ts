import { parseArgs } from 'node:util';
import { ConfigurationError } from '../errors/setup.errors.js';
import { settingsOf } from '../queue/queue-settings.js';
import { isRecord } from '../validation/is-record.js';

type Environment = Readonly<Record<string, string | undefined>>;

const USAGE = 'nestjs-button-messaging migrate [--database-url <url>] [--name <queue name>]';
const ABOUT = 'Creates or updates the tables of the queue in PostgreSQL. The URL may also come from DATABASE_URL.';

const DONE = 0;
const FAILED = 1;
const WRONG_USE = 2;

/** Runs a command and returns the exit code: 0 for success, 1 for a failure, 2 for invalid arguments. */
export async function runCli(
  values: readonly string[],
  environment: Environment,
  print: (line: string) => void,
): Promise<number> {
  const [command = '--help', ...rest] = values;
  const isKnown = command === 'migrate';
  if (!isKnown || rest.includes('--help')) {
    print(`${USAGE}\n    ${ABOUT}`);
    return isKnown || command === '--help' ? DONE : WRONG_USE;
  }
  const queue = readQueue(rest, environment);
  if (typeof queue === 'string') {
    print(`${queue}\n${USAGE}`);
    return WRONG_USE;
  }
  try {
    const { migrateQueue } = await import('../queue/engines/migrate-queue.js');
    print(await migrateQueue(queue.url, queue.name));
    return DONE;
  } catch (error) {
    print(errorText(error));
    return FAILED;
  }
}

/** Returns the queue to migrate, or what is wrong with the arguments. */
function readQueue(values: string[], environment: Environment): { url: string; name: string } | string {
  try {
    const options = { 'database-url': { type: 'string' }, name: { type: 'string' } } as const;
    const given = parseArgs({ args: values, options, allowPositionals: false }).values;
    const url = given['database-url'] ?? environment.DATABASE_URL;
    if (!url) return 'Missing database URL: pass --database-url or set DATABASE_URL';
    const { name } = settingsOf(given.name === undefined ? {} : { name: given.name });
    return { url, name };
  } catch (error) {
    return errorText(error);
  }
}

function errorText(error: unknown): string {
  if (error instanceof ConfigurationError) return error.issues.map(({ message }) => message).join('\n');
  return isRecord(error) ? String(error.message) : `Unexpected error: ${typeof error}`;
}
