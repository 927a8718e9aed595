import { Inject, Injectable } from '@nestjs/common';
import { withTimeout } from '../../async/delay.js';
import type { Account } from '../../config/accounts/account.js';
import type { WebhookOptions } from '../../config/button-messaging-options.interface.js';
import { MessagingLogger } from '../../telemetry/messaging.logger.js';
import { WEBHOOK_OPTIONS } from '../webhooks.constants.js';

// Gateways in front of functions give up after 29 seconds.
const MAX_WAIT_MS = 20_000;

/** Lets a webhook wait for its handlers before it is answered, if `webhooks.answerAfterHandlers` is set. */
@Injectable()
export class HandlerWait {
  private readonly isWanted: boolean;

  constructor(
    @Inject(WEBHOOK_OPTIONS) options: WebhookOptions | false | undefined,
    private readonly logger: MessagingLogger,
  ) {
    this.isWanted = options ? options.answerAfterHandlers === true : false;
  }

  /** Waits until the handlers of a webhook have ended, within limits; not at all if that is not wanted. */
  async until(handled: Promise<void>, { name, provider }: Account): Promise<void> {
    if (!this.isWanted) return;
    let isHandled = false;
    const marked = handled.then(() => {
      isHandled = true;
    });
    await withTimeout(MAX_WAIT_MS, marked);
    if (isHandled) return;
    this.logger.warn(
      `A webhook of account ${name} (${provider}) is answered before its handlers have ended: they took longer than ` +
        `${MAX_WAIT_MS / 1_000} seconds. Let them do less, or give long work to a queue.`,
    );
  }
}
