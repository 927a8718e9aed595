import { inspect } from 'node:util';
import { MAX_TIMER_MS } from '../async/delay.js';
import type { Issue } from '../errors/issue.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import { closestName } from '../validation/closest-name.js';
import { isRecord } from '../validation/is-record.js';
import { connectionIssues } from './engines/redis-target.js';
import type { ButtonMessagingQueueOptions } from './queue-options.interface.js';

/** The options with everything filled in. */
export type QueueSettings = Required<ButtonMessagingQueueOptions>;

const DAY_MS = 24 * 60 * 60 * 1_000;

const DEFAULTS: QueueSettings = {
  engine: { kind: 'embedded' },
  name: 'button-messaging',
  worker: true,
  concurrency: 16,
  attempts: 5,
  onUnknownOutcome: 'hold',
  events: 'process',
  enqueueTimeoutMs: 5_000,
  keepMs: DAY_MS,
  keepFailedMs: 30 * DAY_MS,
  closeTimeoutMs: 10_000,
};

/** The names of the options. */
export const OPTION_NAMES: readonly string[] = Object.keys(DEFAULTS);

/** @throws ConfigurationError with every fault by its path. */
export function settingsOf(options: ButtonMessagingQueueOptions = {}): QueueSettings {
  const settings = { ...DEFAULTS, ...withoutUndefined(options) };
  // Failed ones are to be decided on: nobody expects them to go before those that were sent.
  if (options.keepFailedMs === undefined && settings.keepMs > settings.keepFailedMs) {
    settings.keepFailedMs = settings.keepMs;
  }
  const issues = [
    ...Object.keys(options)
      .filter((name) => !OPTION_NAMES.includes(name))
      .flatMap((name) => check(name, false, `must be left out: there is no such option${hintAt(name)}`)),
    ...check(
      'engine',
      isEngine(settings.engine),
      'must be of kind embedded, redis with a connection, or postgres with a connectionString',
    ),
    ...check('engine.directory', hasDirectory(settings.engine), 'must name a directory, or be left out'),
    ...(isEngine(settings.engine) && settings.engine.kind === 'redis'
      ? connectionIssues(settings.engine.connection)
      : []),
    ...check('name', isName(settings.name), 'must have 1 to 50 letters, digits, hyphens and underscores'),
    ...check(
      'name',
      !isInnerName(settings.name),
      'must not end in -held or -paused: a queue whose name is the same without that ending keeps its messages there',
    ),
    ...check('worker', typeof settings.worker === 'boolean', 'must be true or false'),
    ...check('concurrency', isWhole(settings.concurrency, 1, 1_000), 'must be a whole number from 1 to 1,000'),
    ...check('attempts', isWhole(settings.attempts, 1, 1_000), 'must be a whole number from 1 to 1,000'),
    ...check('onUnknownOutcome', ['hold', 'resend'].includes(settings.onUnknownOutcome), 'must be hold or resend'),
    ...check('events', ['process', 'queue'].includes(settings.events), 'must be process or queue'),
    ...check('enqueueTimeoutMs', isTime(settings.enqueueTimeoutMs, 1), 'must be a number of milliseconds from 1 on'),
    ...check('keepMs', isAge(settings.keepMs), 'must be a number of milliseconds'),
    ...check('keepFailedMs', isAge(settings.keepFailedMs), 'must be a number of milliseconds'),
    ...check('closeTimeoutMs', isTime(settings.closeTimeoutMs, 0), 'must be a number of milliseconds'),
  ];
  if (issues.length > 0) throw new ConfigurationError(issues);
  return withoutPasswords(settings);
}

/** The same settings, which show of the engine its kind alone wherever they are printed. */
function withoutPasswords(settings: QueueSettings): QueueSettings {
  const shown = () => ({ ...settings, engine: { kind: settings.engine.kind } });
  Object.defineProperties(settings, { toJSON: { value: shown }, [inspect.custom]: { value: shown } });
  return settings;
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  const given: Partial<T> = { ...options };
  for (const name in given) if (given[name] === undefined) delete given[name];
  return given;
}

function hintAt(name: string): string {
  const meant = closestName(name, OPTION_NAMES);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

function check(path: string, holds: boolean, rule: string): Issue[] {
  return holds ? [] : [{ path, rule: 'queueOption', message: `the queue's ${path} ${rule}` }];
}

function isEngine(engine: unknown): boolean {
  if (!isRecord(engine)) return false;
  if (engine.kind === 'redis') return typeof engine.connection === 'string' || isRecord(engine.connection);
  if (engine.kind === 'postgres') return typeof engine.connectionString === 'string' && engine.connectionString !== '';
  return engine.kind === 'embedded' && (engine.directory === undefined || typeof engine.directory === 'string');
}

function hasDirectory(engine: unknown): boolean {
  return !isRecord(engine) || typeof engine.directory !== 'string' || engine.directory.trim() !== '';
}

function isName(name: unknown): boolean {
  return typeof name === 'string' && /^[\w-]{1,50}$/.test(name);
}

/** Whether it is what `QueueConnection` names the inner queues of another. */
function isInnerName(name: unknown): boolean {
  return typeof name === 'string' && /-(?:held|paused)$/.test(name);
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function isAge(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isTime(value: unknown, least: number): boolean {
  return typeof value === 'number' && value >= least && value <= MAX_TIMER_MS;
}
