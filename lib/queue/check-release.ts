import { InvalidMessageError } from '../errors/message.errors.js';

/** @throws InvalidMessageError if it is neither, because a typo must not discard a message */
export function checkRelease(how: unknown): void {
  if (how === 'resend' || how === 'discard') return;
  throw new InvalidMessageError([{ path: 'how', rule: 'isIn', message: 'how must be resend or discard' }]);
}
