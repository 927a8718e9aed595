import { types } from 'node:util';
import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { isRecord } from '../../validation/is-record.js';

/**
 * A shared store is unavailable, or rejected an operation. The error never contains the data. It has no `cause`,
 * because the drivers' errors contain data.
 *
 * @publicApi
 */
export class SharedStoreError extends ButtonMessagingError {
  readonly code = 'shared-store';
  override readonly retryable = true;

  constructor(
    readonly store: 'redis' | 'postgres',
    readonly operation: string,
    /** The code of the server or the connection: `ECONNREFUSED`, `READONLY`, an SQLSTATE, … */
    readonly reason?: string | undefined,
  ) {
    super(`The shared store (${store}) failed at ${operation}${reason === undefined ? '' : `: ${reason}`}`);
  }
}

/** Runs an operation, and converts its errors. @throws SharedStoreError */
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
  // `instanceof` would miss Node's own errors, which may belong to another realm.
  if (!types.isNativeError(error)) return undefined;
  if (isRecord(error) && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code)) return error.code;
  if (error.name === 'ReplyError') return /^[A-Z]{2,20}(?= )/.exec(error.message)?.[0];
  return error.name !== 'Error' && /^[A-Za-z]{2,40}$/.test(error.name) ? error.name : undefined;
}
