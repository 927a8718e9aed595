import { inspect } from 'node:util';
import { ButtonMessagingError, InvalidMessageError } from '../../lib/index.js';

/** The error of this package with which a promise is rejected. Any other outcome fails the test. */
export async function errorOf(promise: Promise<unknown>): Promise<ButtonMessagingError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof ButtonMessagingError) return error;
    throw error;
  }
  throw new Error(`Expected a rejection, got ${inspect(value, { depth: 2 })}`);
}

/** The paths of an invalid message, in alphabetical order. */
export async function invalidPaths(promise: Promise<unknown>): Promise<string[]> {
  const error = await errorOf(promise);
  if (!(error instanceof InvalidMessageError)) throw error;
  return error.issues.map(({ path }) => path).sort();
}
