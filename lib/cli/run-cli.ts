import { ConfigurationError } from '../errors/setup.errors.js';
import { isRecord } from '../validation/is-record.js';
import type { Command } from './command.interface.js';
import { MIGRATE } from './migrate.command.js';

const COMMANDS: Readonly<Record<string, Command>> = { migrate: MIGRATE };

const DONE = 0;
const FAILED = 1;
const WRONG_USE = 2;

/** Runs a command and returns the exit code: 0 for success, 1 for a failure, 2 for invalid arguments. */
export async function runCli(
  values: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void,
): Promise<number> {
  const [name = '--help', ...rest] = values;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || rest.includes('--help')) {
    for (const { usage, about } of command ? [command] : Object.values(COMMANDS)) print(`${usage}\n    ${about}`);
    return command || name === '--help' ? DONE : WRONG_USE;
  }
  const work = readWork(command, rest, environment);
  if (typeof work === 'string') {
    print(`${work}\n${command.usage}`);
    return WRONG_USE;
  }
  try {
    print(await work());
    return DONE;
  } catch (error) {
    print(errorText(error));
    return FAILED;
  }
}

/** Returns the command's work, or what is wrong with its arguments. */
function readWork(command: Command, values: string[], environment: Readonly<Record<string, string | undefined>>) {
  try {
    return command.prepare(values, environment);
  } catch (error) {
    return errorText(error);
  }
}

function errorText(error: unknown): string {
  if (error instanceof ConfigurationError) return error.issues.map(({ message }) => message).join('\n');
  return isRecord(error) ? String(error.message) : `Unexpected error: ${typeof error}`;
}
