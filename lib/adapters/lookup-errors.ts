import { delay, MAX_TIMER_MS } from '../async/delay.js';
import type { WaitLimits } from '../async/mutex.js';
import { AccountLookUpError } from '../config/account-look-up.error.js';
import { SendAbortedError } from '../errors/outcome.errors.js';

const LATE = Symbol('late');

/** The limits of an account lookup. */
export type LookUpLimits = Partial<WaitLimits>;

/**
 * Waits for an account lookup until the deadline. The application's `resolveAccount` has no timeout of its own.
 *
 * @throws ProviderUnavailableError if the deadline passes.
 * @throws SendAbortedError if the signal aborts.
 */
export async function withLookupErrors<Found>(
  lookUp: Promise<Found>,
  account: string | undefined,
  { deadline, signal }: LookUpLimits,
): Promise<Found> {
  if (!(deadline?.isSet || signal)) return lookUp;
  const isOver = new AbortController();
  const leftMs = Math.min(Math.max(0, deadline?.remainingMs() ?? MAX_TIMER_MS), MAX_TIMER_MS);
  const late = delay(leftMs, signal, isOver.signal).then((): typeof LATE => LATE);
  try {
    const found = await Promise.race([lookUp, late]);
    if (found !== LATE) return found;
  } finally {
    isOver.abort();
  }
  const details = { account };
  if (signal?.aborted) {
    throw new SendAbortedError('The call was aborted during the lookup of its account', 'not-sent', details);
  }
  const message = 'The deadline passed during the lookup of the account';
  throw new AccountLookUpError(message, 'did not respond in time', details);
}
