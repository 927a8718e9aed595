import { Inject, Injectable } from '@nestjs/common';
import { inTime, LATE } from '../../async/delay.js';
import type { Account } from '../../config/accounts/account.js';
import type { WebhookOptions } from '../../config/button-messaging-options.interface.js';
import { MessagingLogger } from '../../telemetry/messaging.logger.js';
import { WEBHOOK_OPTIONS } from '../webhooks.constants.js';

// Gateways in front of functions time out after 29 seconds.
const MAX_WAIT_MS = 20_000;

/** Delays the response to a webhook until its handlers end, if `webhooks.answerAfterHandlers` is set. */
@Injectable()
export class HandlerWait {
  private readonly isWanted: boolean;

  constructor(
    @Inject(WEBHOOK_OPTIONS) options: WebhookOptions | false | undefined,
    private readonly logger: MessagingLogger,
  ) {
    this.isWanted = options !== false && options?.answerAfterHandlers === true;
  }

  /** Waits for the handlers of a webhook, up to a limit, if the option is set. */
  async until(handled: Promise<void>, { name, provider }: Account): Promise<void> {
    if (!this.isWanted) return;
    if ((await inTime(MAX_WAIT_MS, handled)) !== LATE) return;
    this.logger.warn(
      `A webhook of account ${name} (${provider}) is acknowledged before its handlers ended: they took longer than ` +
        `${MAX_WAIT_MS / 1_000} seconds. Move long work to a queue.`,
    );
  }
}
