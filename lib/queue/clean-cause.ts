import { isRecord } from '../validation/is-record.js';

const MAX_LENGTH = 200;

/** An error that says the same without the command that failed, its values, and the driver's other fields. */
export function cleanCause(error: unknown): Error {
  const { name = 'Error', code, message = 'unknown' } = isRecord(error) ? error : {};
  const cause: Error & { code?: string } = new Error(plainWords(String(message)));
  cause.name = String(name);
  if (typeof code === 'string') cause.code = code;
  return cause;
}

/** A driver's first line, without addresses, and without the values that some servers repeat. */
export function plainWords(message: string): string {
  const [line = ''] = message.split(/\r?\n|,? with args beginning with/);
  return line.replace(/\b[a-z+]+:\/\/\S+/gi, 'an address').slice(0, MAX_LENGTH);
}
