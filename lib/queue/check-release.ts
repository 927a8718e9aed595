import { InvalidMessageError } from '../errors/message.errors.js';

/** @throws InvalidMessageError where it is neither: a slip must not throw a message away. */
export function checkRelease(how: unknown): void {
  if (how === 'resend' || how === 'discard') return;
  throw new InvalidMessageError([{ path: 'how', rule: 'isIn', message: 'how must be resend or discard' }]);
}
