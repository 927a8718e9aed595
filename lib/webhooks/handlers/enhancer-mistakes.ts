import { HttpException } from '@nestjs/common';

const TOO_MANY_REQUESTS = 429;

/** It failed because it takes the event for a request, or counts requests. It has not said no to the event. */
export function isMistake(error: unknown): boolean {
  return isProgrammingError(error) || (error instanceof HttpException && error.getStatus() === TOO_MANY_REQUESTS);
}

/** Something was used as what it is not. */
export function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError;
}

/** Whether a guard is of the class `ThrottlerGuard` or extends it; its package need not be there. */
export function isThrottler(guard: object): boolean {
  for (let each: unknown = guard; typeof each === 'object' && each !== null; each = Object.getPrototypeOf(each)) {
    if (each.constructor.name === 'ThrottlerGuard') return true;
  }
  return false;
}
