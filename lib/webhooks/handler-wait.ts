import type { Account } from '../config/account.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { within } from '../time/wait.js';

// Gateways in front of functions give up after 29 seconds.
const LONGEST_WAIT_MS = 20_000;

/** Lets a webhook wait for its handlers before it is answered. */
export class HandlerWait {
  constructor(private readonly logger: Pick<MessagingLogger, 'warn'>) {}

  /** Waits until the handlers of a webhook have ended, within limits. */
  async until(handled: Promise<void>, { name, provider }: Account): Promise<void> {
    let isHandled = false;
    const marked = handled.then(() => {
      isHandled = true;
    });
    await within(LONGEST_WAIT_MS, marked);
    if (isHandled) return;
    this.logger.warn(
      `A webhook of account ${name} (${provider}) is answered before its handlers have ended: they took longer than ` +
        `${LONGEST_WAIT_MS / 1_000} seconds. Let them do less, or give long work to a queue.`,
    );
  }
}
