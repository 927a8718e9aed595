import type { Deadline } from '../async/deadline.js';
import { delay, MAX_TIMER_MS } from '../async/delay.js';
import { AccountLookUpError } from '../config/account-look-up.error.js';
import { SendAbortedError } from '../errors/outcome.errors.js';

const LATE = Symbol('late');

/** How long an account may be looked up. */
export interface LookUpLimits {
  deadline?: Deadline | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The account of a call, which waits for it no longer than it may take: the application itself may wait for ever.
 *
 * @throws ProviderUnavailableError where the deadline passes. @throws SendAbortedError where the signal ends the call.
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
    throw new SendAbortedError('The call was aborted while its account was looked up', 'not-sent', details);
  }
  const message = 'The deadline passed while the account was looked up';
  throw new AccountLookUpError(message, 'did not answer in time', details);
}
