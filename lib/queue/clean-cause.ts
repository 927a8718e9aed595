import { isRecord } from '../validation/is-record.js';

const MAX_LENGTH = 200;

/** Copies an error without the failed command, its values, and the driver's other fields. */
export function cleanCause(error: unknown): Error {
  const { name = 'Error', code, message = 'unknown' } = isRecord(error) ? error : {};
  const cause: Error & { code?: string } = new Error(plainText(String(message)));
  cause.name = String(name);
  if (typeof code === 'string') cause.code = code;
  return cause;
}

/** Returns the first line of a driver's message, without addresses and without values that some servers repeat. */
export function plainText(message: string): string {
  const [line = ''] = message.split(/\r?\n|,? with args beginning with/);
  return line.replace(/\b[a-z+]+:\/\/\S+/gi, 'an address').slice(0, MAX_LENGTH);
}
