import { MAX_TIMER_MS } from '../async/delay.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { isRecord } from '../validation/is-record.js';
import { isWellFormed } from '../validation/well-formed.js';
import type { AnyOptionNames } from './send-options.interface.js';

type OptionCheck = readonly [name: string, check: (name: string, value: unknown) => Issue | undefined];

/** The options that decide in which form a message is sent. */
const FORM_CHECKS: readonly OptionCheck[] = [
  ['mixed', (name, value) => enumIssue(name, value, ['reject', 'split'])],
  ['fallback', (name, value) => enumIssue(name, value, ['none', 'text'])],
  ['lateFallback', (name, value) => enumIssue(name, value, ['none', 'text'])],
  ['inReplyTo', textIssue],
];

/** Limits of `metadata`, the same as those of other APIs with such a field. */
const METADATA_LIMITS = Object.freeze({ keys: 50, characters: 500 });

const SEND_CHECKS: readonly OptionCheck[] = [
  ['timeoutMs', (name, value) => durationIssue(name, value, 1)],
  ['deadlineMs', (name, value) => durationIssue(name, value, 0)],
  ['idempotencyKey', textIssue],
  ['metadata', metadataIssue],
  ['account', accountIssue],
  ['signal', signalIssue],
  ...FORM_CHECKS,
];

/**
 * Checks the options of a send.
 *
 * @param known The names of the call's options.
 * @throws InvalidMessageError with paths such as `options.timeoutMs`.
 */
export function checkSendOptions(options: object, known: AnyOptionNames): void {
  checkOptions(options, known, SEND_CHECKS);
}

/**
 * Checks the options of a call that sends nothing: all names, but only the values that it uses.
 *
 * @throws InvalidMessageError with paths such as `options.fallback`.
 */
export function checkFormOptions(options: object, known: AnyOptionNames): void {
  checkOptions(options, known, FORM_CHECKS);
}

/** @throws InvalidMessageError if the call has no option of this name. */
export function checkOptionNames(options: object, known: AnyOptionNames): void {
  checkOptions(options, known, []);
}

/** @throws InvalidMessageError if the options are not an object. */
export function checkIsObject(options: unknown): void {
  if (isRecord(options)) return;
  throw new InvalidMessageError([{ path: 'options', rule: 'isObject', message: 'options must be an object' }]);
}

// Every send checks its options, so valid ones allocate nothing.
function checkOptions(options: object, known: AnyOptionNames, checks: readonly OptionCheck[]): void {
  checkIsObject(options);
  let issues: Issue[] | undefined;
  for (const name in options) {
    if (Object.hasOwn(known, name) || Reflect.get(options, name) === undefined) continue;
    const path = `options.${name}`;
    issues = [...(issues ?? []), { path, rule: 'unknownField', message: `Unknown option: ${path}` }];
  }
  for (const [name, check] of checks) {
    const value: unknown = Reflect.get(options, name);
    const issue = value !== undefined && Object.hasOwn(known, name) ? check(name, value) : undefined;
    if (issue) issues = [...(issues ?? []), issue];
  }
  if (issues) throw new InvalidMessageError(issues);
}

/** Checks an option in milliseconds. */
export function durationIssue(name: string, value: unknown, min: number): Issue | undefined {
  if (value === undefined || (typeof value === 'number' && value >= min && value <= MAX_TIMER_MS)) return undefined;
  return issueOf(name, 'isMilliseconds', `must be a number of milliseconds from ${min} to ${MAX_TIMER_MS}`);
}

/** Checks an option that has one of a few values. */
export function enumIssue(name: string, value: unknown, choices: readonly string[]): Issue | undefined {
  if (value === undefined || (typeof value === 'string' && choices.includes(value))) return undefined;
  return issueOf(name, 'isIn', `must be ${choices.join(' or ')}`);
}

/** Checks that an option can be the name of an account. Whether the account exists is checked later. */
export function accountIssue(name: string, value: unknown): Issue | undefined {
  if (value === undefined || typeof value === 'string') return undefined;
  return issueOf(name, 'isText', 'must be the name of an account');
}

function signalIssue(name: string, value: unknown): Issue | undefined {
  if (value === undefined || value instanceof AbortSignal) return undefined;
  return issueOf(name, 'isAbortSignal', 'must be an AbortSignal');
}

function metadataIssue(name: string, value: unknown): Issue | undefined {
  const path = `options.${name}`;
  const { keys, characters } = METADATA_LIMITS;
  const message = `${path} must be an object with at most ${keys} texts of at most ${characters} characters`;
  if (!isRecord(value)) return { path, rule: 'isMetadata', message };
  const entries = Object.entries(value);
  const isText = (text: unknown) => typeof text === 'string' && text.length <= characters && isWellFormed(text);
  const isValid = entries.length <= keys && entries.every((entry) => entry.every(isText));
  return isValid ? undefined : { path, rule: 'isMetadata', message };
}

/** Checks a text option. */
export function textIssue(name: string, value: unknown): Issue | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') return issueOf(name, 'isText', 'must be a non-empty string');
  return wellFormedIssue(name, value);
}

/** Checks that URLs and databases can store a text. Other values are checked by other rules. */
export function wellFormedIssue(name: string, value: unknown): Issue | undefined {
  if (typeof value !== 'string' || isWellFormed(value)) return undefined;
  return issueOf(name, 'isWellFormed', 'must not contain a lone surrogate or NUL');
}

function issueOf(name: string, rule: string, requirement: string): Issue {
  const path = `options.${name}`;
  return { path, rule, message: `${path} ${requirement}` };
}
