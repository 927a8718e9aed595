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

/** Carries one request to a provider of the application's own, once, and says what its end means. */
@Injectable()
export class CustomTransport {
  private readonly pending = new PendingCounter();
  private readonly cutOff = new AbortController();
  private readonly aborts = new AbortListeners();
  private closed = false;

  /** One attempt, within its limits. @throws ButtonMessagingError where it is no success. */
  async attempt(account: CustomAccount, message: CustomMessage, limits: AttemptLimits): Promise<ProviderMessageId> {
    const details = { provider: account.provider, account: account.name };
    if (this.closed) {
      throw new SendAbortedError('The application is shut down; nothing is sent any more', 'not-sent', details);
    }
    if (limits.signal?.aborted) {
      throw new SendAbortedError('The send was aborted before its request left', 'not-sent', details);
    }
    this.pending.start();
    return this.attemptBy(account, message, limits).finally(() => this.pending.finish());
  }

  /** Waits for attempts that are under way, at most so long, and then cuts off the rest. */
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
    const onAbort = () => end.abort(new SendAbortedError('The send was aborted under way', 'unknown', details));
    const late = new UnknownOutcomeError(
      `${account.provider} did not answer within ${Math.round(timeoutMs)} ms`,
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
      // What others throw may hold anything, a secret too.
      throw new UnknownOutcomeError(`${account.provider} failed in a way that says nothing of the message`, details);
    } finally {
      clearTimeout(timer);
      for (const watch of watches) watch.end();
    }
  }
}

function abortionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
