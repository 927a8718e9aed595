import { HttpException } from '@nestjs/common';

const TOO_MANY_REQUESTS = 429;

/** Checks if an enhancer failed because it expects an HTTP request, or counts requests. It did not deny the event. */
export function isMistake(error: unknown): boolean {
  return isProgrammingError(error) || (error instanceof HttpException && error.getStatus() === TOO_MANY_REQUESTS);
}

/** Checks for errors of invalid use, such as `TypeError`. */
export function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError;
}

/** Checks if a guard is a `ThrottlerGuard`, whose package is optional. */
export function isThrottler(guard: object): boolean {
  for (let each: unknown = guard; typeof each === 'object' && each !== null; each = Object.getPrototypeOf(each)) {
    if (each.constructor.name === 'ThrottlerGuard') return true;
  }
  return false;
}
