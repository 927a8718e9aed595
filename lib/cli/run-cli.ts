import { ConfigurationError } from '../errors/setup.errors.js';
import { isRecord } from '../validation/is-record.js';
import type { Command } from './command.interface.js';
import { MIGRATE } from './migrate.command.js';

const COMMANDS: Readonly<Record<string, Command>> = { migrate: MIGRATE };

const DONE = 0;
const FAILED = 1;
const WRONG_USE = 2;

/** Runs what was asked for, and gives the exit code: 0 done, 1 failed, 2 asked for in a way that it does not know. */
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
    print(wordsOf(error));
    return FAILED;
  }
}

/** The command's work, or what is wrong with how it was asked for. */
function readWork(command: Command, values: string[], environment: Readonly<Record<string, string | undefined>>) {
  try {
    return command.prepare(values, environment);
  } catch (error) {
    return wordsOf(error);
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof ConfigurationError) return error.issues.map(({ message }) => message).join('\n');
  return isRecord(error) ? String(error.message) : 'It failed';
}
