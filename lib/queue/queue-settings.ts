import { inspect } from 'node:util';
import { MAX_TIMER_MS } from '../async/delay.js';
import type { Issue } from '../errors/issue.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import { closestName } from '../validation/closest-name.js';
import { isRecord } from '../validation/is-record.js';
import { connectionIssues } from './engines/redis-target.js';
import type { ButtonMessagingQueueOptions } from './queue-options.interface.js';

/** The token of the checked settings. */
export const QUEUE_SETTINGS = Symbol('QUEUE_SETTINGS');

/** The options with all defaults. */
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

/** Fills in the defaults. @throws ConfigurationError listing every issue with its path */
export function settingsOf(options: ButtonMessagingQueueOptions = {}): QueueSettings {
  const settings = { ...DEFAULTS, ...withoutUndefined(options) };
  // Failed messages wait for a decision, so they are kept at least as long as sent ones.
  if (options.keepFailedMs === undefined && settings.keepMs > settings.keepFailedMs) {
    settings.keepFailedMs = settings.keepMs;
  }
  const issues = [
    ...Object.keys(options)
      .filter((name) => !OPTION_NAMES.includes(name))
      .map((name) => issue(name, `Unknown option: the queue's ${name}${hintAt(name)}`)),
    ...check(
      'engine',
      isEngine(settings.engine),
      'must be of kind embedded, redis with a connection, or postgres with a connectionString',
    ),
    ...check('engine.directory', hasDirectory(settings.engine), 'must be the path of a directory, or undefined'),
    ...(isEngine(settings.engine) && settings.engine.kind === 'redis'
      ? connectionIssues(settings.engine.connection)
      : []),
    ...check('name', isName(settings.name), 'must have 1 to 50 letters, digits, hyphens and underscores'),
    ...check(
      'name',
      !isInnerName(settings.name),
      'must not end in -held or -paused, because the queue of the name without that ending uses these names',
    ),
    ...check('worker', typeof settings.worker === 'boolean', 'must be true or false'),
    ...check('concurrency', isWhole(settings.concurrency, 1, 1_000), 'must be a whole number from 1 to 1,000'),
    ...check('attempts', isWhole(settings.attempts, 1, 1_000), 'must be a whole number from 1 to 1,000'),
    ...check('onUnknownOutcome', ['hold', 'resend'].includes(settings.onUnknownOutcome), 'must be hold or resend'),
    ...check('events', ['process', 'queue'].includes(settings.events), 'must be process or queue'),
    ...check('enqueueTimeoutMs', isTime(settings.enqueueTimeoutMs, 1), 'must be a number of milliseconds, at least 1'),
    ...check('keepMs', isAge(settings.keepMs), 'must be a number of milliseconds, at least 0'),
    ...check('keepFailedMs', isAge(settings.keepFailedMs), 'must be a number of milliseconds, at least 0'),
    ...check('closeTimeoutMs', isTime(settings.closeTimeoutMs, 0), 'must be a number of milliseconds, at least 0'),
  ];
  if (issues.length > 0) throw new ConfigurationError(issues);
  return withoutPasswords(settings);
}

/** Hides the engine's options, except its kind, when the settings are printed. */
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
  return holds ? [] : [issue(path, `the queue's ${path} ${rule}`)];
}

function issue(path: string, message: string): Issue {
  return { path, rule: 'queueOption', message };
}

/** Returns whether this process receives the events of other processes. An embedded queue has no others. */
export function listensToAllEvents({ events, engine }: Pick<QueueSettings, 'events' | 'engine'>): boolean {
  return events === 'queue' && engine.kind !== 'embedded';
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

/** Returns whether `QueueConnection` would give this name to an inner queue of another queue. */
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
