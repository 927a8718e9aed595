import type { Issue } from '../errors/issue.js';
import { isRecord } from '../validation/is-record.js';

/** The property with the issues, on an exception of Nest's `ValidationPipe`. */
const ISSUES = Symbol('issues');

/**
 * Makes `instanceof` recognize exceptions that a `ValidationPipe` threw for a DTO of this package, by their issues.
 * Other filters see the exception unchanged.
 */
export abstract class RejectedByValidationPipe extends Error {
  static override [Symbol.hasInstance](exception: unknown): boolean {
    return isRecord(exception) && ISSUES in exception;
  }
}

/** Adds the issues to an exception, as a hidden property. */
export function noteIssues(exception: object, issues: readonly Issue[]): void {
  Object.defineProperty(exception, ISSUES, { value: issues });
}

/** Returns the issues of an exception. */
export function issuesOn(exception: object): readonly Issue[] {
  const issues: unknown = Reflect.get(exception, ISSUES);
  return Array.isArray(issues) ? issues : [];
}
