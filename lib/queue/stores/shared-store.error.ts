import { types } from 'node:util';
import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { isRecord } from '../../validation/is-record.js';

/**
 * A shared store could not be asked, or refused. It says which, during what and, where the server or the connection
 * gives one, the code; never what was to be stored. The drivers' own errors hold it, so none is kept as `cause`.
 */
export class SharedStoreError extends ButtonMessagingError {
  readonly code = 'shared-store';
  override readonly retryable = true;

  constructor(
    readonly store: 'redis' | 'postgres',
    readonly operation: string,
    /** `ECONNREFUSED`, `READONLY`, an SQLSTATE, … */
    readonly reason?: string | undefined,
  ) {
    super(`The shared store (${store}) failed at ${operation}${reason === undefined ? '' : `: ${reason}`}`);
  }
}

/** Does the work; whatever it throws becomes a `SharedStoreError`. */
export async function asSharedStore<T>(
  store: 'redis' | 'postgres',
  operation: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new SharedStoreError(store, operation, reasonOf(error));
  }
}

function reasonOf(error: unknown): string | undefined {
  // Not by its class: errors of Node itself may be of another realm.
  if (!types.isNativeError(error)) return undefined;
  if (isRecord(error) && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code)) return error.code;
  if (error.name === 'ReplyError') return /^[A-Z]{2,20}(?= )/.exec(error.message)?.[0];
  return error.name !== 'Error' && /^[A-Za-z]{2,40}$/.test(error.name) ? error.name : undefined;
}
