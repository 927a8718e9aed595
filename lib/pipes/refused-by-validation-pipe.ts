import type { Issue } from '../errors/issue.js';
import { isRecord } from '../validation/is-record.js';

/** Where the issues stand on an exception that is otherwise as Nest's `ValidationPipe` made it. */
const ISSUES = Symbol('issues');

/**
 * What `instanceof` says of an exception that a `ValidationPipe` threw because of a message of this package: it is found
 * by the issues on it, and stays what it was for every other filter.
 */
export abstract class RefusedByValidationPipe extends Error {
  static override [Symbol.hasInstance](exception: unknown): boolean {
    return isRecord(exception) && ISSUES in exception;
  }
}

/** Puts the issues on an exception, where nobody sees them who does not ask. */
export function noteIssues(exception: object, issues: readonly Issue[]): void {
  Object.defineProperty(exception, ISSUES, { value: issues });
}

/** The issues on an exception. */
export function issuesOn(exception: object): readonly Issue[] {
  const issues: unknown = Reflect.get(exception, ISSUES);
  return Array.isArray(issues) ? issues : [];
}
