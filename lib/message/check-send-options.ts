import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { LONGEST_TIMER_MS } from '../time/wait.js';
import type { SendOptions } from './send-options.interface.js';

/** @throws InvalidMessageError with paths as `options.timeoutMs`. */
export function checkSendOptions(options: SendOptions): void {
  const issues = [
    ...checkMilliseconds('timeoutMs', options.timeoutMs, 1),
    ...checkMilliseconds('deadlineMs', options.deadlineMs, 0),
    ...checkKey(options.idempotencyKey),
  ];
  if (issues.length > 0) throw new InvalidMessageError(issues);
}

/** The fault of a number of milliseconds, if it has one. */
export function checkMilliseconds(name: string, value: unknown, min: number): Issue[] {
  if (value === undefined || (typeof value === 'number' && value >= min && value <= LONGEST_TIMER_MS)) return [];
  const path = `options.${name}`;
  return [{ path, rule: 'isMilliseconds', message: `${path} must be a number of milliseconds from ${min} on` }];
}

function checkKey(value: unknown): Issue[] {
  if (value === undefined || (typeof value === 'string' && value !== '')) return [];
  const path = 'options.idempotencyKey';
  return [{ path, rule: 'isText', message: `${path} must be a text that is not empty` }];
}
