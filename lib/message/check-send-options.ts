import { MAX_TIMER_MS } from '../async/delay.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { isRecord } from '../validation/is-record.js';
import { isWellFormed } from '../validation/well-formed.js';
import type { AnyOptionNames } from './option-names.js';
import type { SendOptions } from './send-options.interface.js';

/**
 * Every message comes by here: where all is well, nothing is made.
 *
 * @param known The names of the options that the call has.
 * @throws InvalidMessageError with paths as `options.timeoutMs`.
 */
export function checkSendOptions(options: SendOptions, known: AnyOptionNames): void {
  checkIsObject(options);
  const unknown = unknownOptions(options, known);
  const timeout = durationIssue('timeoutMs', options.timeoutMs, 1);
  const deadline = durationIssue('deadlineMs', options.deadlineMs, 0);
  const key = textIssue('idempotencyKey', options.idempotencyKey);
  const account = accountIssue('account', options.account);
  const signal = Object.hasOwn(known, 'signal') ? signalIssue(options.signal) : undefined;
  if (!unknown && !timeout && !deadline && !key && !account && !signal) return;
  const faults = [unknown, timeout, deadline, key, account, signal].flat();
  throw new InvalidMessageError(faults.filter((issue) => issue !== undefined));
}

/** @throws InvalidMessageError where an option has a name that the call does not know. */
export function checkOptionNames(options: object, known: AnyOptionNames): void {
  checkIsObject(options);
  const issues = unknownOptions(options, known);
  if (issues) throw new InvalidMessageError(issues);
}

/** The fault of a number of milliseconds, if it has one. */
export function durationIssue(name: string, value: unknown, min: number): Issue | undefined {
  if (value === undefined || (typeof value === 'number' && value >= min && value <= MAX_TIMER_MS)) return undefined;
  const path = `options.${name}`;
  return { path, rule: 'isMilliseconds', message: `${path} must be a number of milliseconds from ${min} on` };
}

/** The fault of an option that has one of a few values, if it has one. */
export function enumIssue(name: string, value: unknown, choices: readonly string[]): Issue | undefined {
  if (value === undefined || (typeof value === 'string' && choices.includes(value))) return undefined;
  const path = `options.${name}`;
  return { path, rule: 'isIn', message: `${path} must be ${choices.join(' or ')}` };
}

/** @throws InvalidMessageError where options are none. */
export function checkIsObject(options: unknown): void {
  if (isRecord(options)) return;
  throw new InvalidMessageError([{ path: 'options', rule: 'isObject', message: 'options must be an object' }]);
}

/** The fault of what should name an account, if it has one. Whether there is such an account is another matter. */
export function accountIssue(name: string, value: unknown): Issue | undefined {
  if (value === undefined || typeof value === 'string') return undefined;
  const path = `options.${name}`;
  return { path, rule: 'isText', message: `${path} must be the name of an account` };
}

function signalIssue(value: unknown): Issue | undefined {
  if (value === undefined || value instanceof AbortSignal) return undefined;
  const path = 'options.signal';
  return { path, rule: 'isAbortSignal', message: `${path} must be an AbortSignal` };
}

/** The fault of an option that is a text, if it has one. */
export function textIssue(name: string, value: unknown): Issue | undefined {
  if (value === undefined) return undefined;
  const path = `options.${name}`;
  if (typeof value !== 'string' || value === '') {
    return { path, rule: 'isText', message: `${path} must be a text that is not empty` };
  }
  return wellFormedIssue(name, value);
}

/** The fault of a text that no URL and no database can keep, if it has one. Other values are another rule's business. */
export function wellFormedIssue(name: string, value: unknown): Issue | undefined {
  if (typeof value !== 'string' || isWellFormed(value)) return undefined;
  const path = `options.${name}`;
  const message = `${path} must not hold half a character (a lone surrogate) or NUL: give the whole text`;
  return { path, rule: 'isWellFormed', message };
}

function unknownOptions(options: object, known: AnyOptionNames): Issue[] | undefined {
  let issues: Issue[] | undefined;
  for (const name in options) {
    if (Object.hasOwn(known, name) || Reflect.get(options, name) === undefined) continue;
    const path = `options.${name}`;
    issues ??= [];
    issues.push({ path, rule: 'unknownField', message: `${path} must be left out: there is no such option` });
  }
  return issues;
}
