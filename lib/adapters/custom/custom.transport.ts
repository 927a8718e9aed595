import { Injectable } from '@nestjs/common';
import { AbortListeners } from '../../async/abort-listeners.js';
import { withTimeout } from '../../async/delay.js';
import { PendingCounter } from '../../async/pending-counter.js';
import type { CustomAccount } from '../../config/accounts/custom.account.js';
import type { CustomMessage } from '../../config/accounts/custom-provider.interface.js';
import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../../errors/outcome.errors.js';
import type { AttemptLimits } from '../../transport/request-attempt.js';
import type { ProviderMessageId } from '../provider.client.js';

/** Makes requests of custom providers and converts their errors. */
@Injectable()
export class CustomTransport {
  private readonly pending = new PendingCounter();
  private readonly cutOff = new AbortController();
  private readonly aborts = new AbortListeners();
  private closed = false;

  /** Makes one attempt within its limits. @throws ButtonMessagingError if it is not a success. */
  async attempt(account: CustomAccount, message: CustomMessage, limits: AttemptLimits): Promise<ProviderMessageId> {
    const details = { provider: account.provider, account: account.name };
    if (this.closed) {
      throw new SendAbortedError('The application is shutting down and sends no more messages', 'not-sent', details);
    }
    if (limits.signal?.aborted) {
      throw new SendAbortedError('The send was aborted before its request was sent', 'not-sent', details);
    }
    this.pending.start();
    return this.attemptBy(account, message, limits).finally(() => this.pending.finish());
  }

  /** Waits up to `withinMs` milliseconds for attempts in flight, then aborts them. */
  async close(withinMs: number): Promise<void> {
    this.closed = true;
    await withTimeout(withinMs, this.pending.whenIdle());
    this.cutOff.abort();
  }

  private async attemptBy(
    account: CustomAccount,
    message: CustomMessage,
    { timeoutMs, signal }: AttemptLimits,
  ): Promise<ProviderMessageId> {
    const details = { provider: account.provider, account: account.name };
    const end = new AbortController();
    const onAbort = () =>
      end.abort(
        new SendAbortedError(
          'The send was aborted during its request. The message may have been sent',
          'unknown',
          details,
        ),
      );
    const late = new UnknownOutcomeError(
      `${account.provider} did not respond within ${Math.round(timeoutMs)} ms. The message may have been sent`,
      details,
    );
    const timer = setTimeout(() => end.abort(late), timeoutMs);
    const signals = [signal, this.cutOff.signal].filter((given) => given !== undefined);
    const watches = signals.map((given) => this.aborts.watch(given, { onAbort }));
    try {
      return await Promise.race([account.custom.send(message, { signal: end.signal }), abortionOf(end.signal)]);
    } catch (error) {
      if (end.signal.aborted) throw end.signal.reason;
      if (error instanceof ButtonMessagingError) throw error;
      // Errors of the application may contain secrets.
      throw new UnknownOutcomeError(
        `${account.provider} failed with an unknown error. The message may have been sent`,
        details,
      );
    } finally {
      clearTimeout(timer);
      for (const watch of watches) watch.end();
    }
  }
}

function abortionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
