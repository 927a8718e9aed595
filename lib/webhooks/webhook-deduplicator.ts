import { Injectable } from '@nestjs/common';
import { failureOf, StoreAnswerError } from '../errors/store-answer.error.js';
import type { ParsedEvent } from '../events/messaging-event.interface.js';
import { RepeatStore } from '../stores/repeat.store.js';
import { fieldsOfEvent } from '../telemetry/log-fields.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { deduplicationKey } from './deduplication-key.js';
import { RejectedWebhookLogger } from './rejected-webhook.logger.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

// Meta repeats callbacks for seven days.
const DEDUPLICATION_WINDOW_MS = 7 * DAY_MS;

/** WhatsApp did not exist before, so earlier times are invalid. */
const EARLIEST = Date.UTC(2009, 0, 1);

/** Drops repeated events, and events that are older than the deduplication window. */
@Injectable()
export class WebhookDeduplicator {
  constructor(
    private readonly repeats: RepeatStore,
    private readonly rejectedWebhooks: RejectedWebhookLogger,
    private readonly logger: MessagingLogger,
  ) {}

  async isNew(event: ParsedEvent): Promise<boolean> {
    if (happenedBefore(event, Date.now() - DEDUPLICATION_WINDOW_MS)) {
      this.drop(event, 'the deduplication window is seven days');
      return false;
    }
    if (!(await this.isFirst(event))) return false;
    if (!happenedBefore(event, await this.knownSince(event))) return true;
    this.drop(event, 'the deduplication store has evicted its time');
    return false;
  }

  // The provider has received 200 and does not send the event again, so a failing store must not drop it.
  private async isFirst(event: ParsedEvent): Promise<boolean> {
    try {
      const isFirst: unknown = await this.repeats.isFirst(deduplicationKey(event), DEDUPLICATION_WINDOW_MS);
      if (typeof isFirst !== 'boolean') throw new StoreAnswerError('RepeatStore.isFirst', 'true or false', isFirst);
      return isFirst;
    } catch (error) {
      this.logFailure(event, error);
      return true;
    }
  }

  /** A store without this method is assumed to have evicted nothing. */
  private async knownSince(event: ParsedEvent): Promise<number> {
    try {
      const time: unknown = (await this.repeats.knownSince?.()) ?? 0;
      if (typeof time === 'number' && Number.isFinite(time)) return time;
      throw new StoreAnswerError('RepeatStore.knownSince', 'a finite number or undefined', time);
    } catch (error) {
      this.logFailure(event, error);
      return 0;
    }
  }

  private logFailure(event: ParsedEvent, thrown: unknown): void {
    const error = failureOf(thrown);
    const line = `RepeatStore failed. A repeated event may be dispatched again: ${error}.`;
    this.logger.error(line, { ...fieldsOfEvent(event), error });
  }

  private drop({ kind, provider, account, at }: ParsedEvent, why: string): void {
    const days = Math.floor((Date.now() - at.getTime()) / DAY_MS);
    const age = days > 0 ? `${days} days old` : 'from today';
    const reason = `its ${kind} event is ${age}: ${why}`;
    this.rejectedWebhooks.log({ what: 'webhook', provider, account, reason, kind: 'ignored' });
  }
}

function happenedBefore({ at }: ParsedEvent, time: number): boolean {
  return at.getTime() >= EARLIEST && at.getTime() < time;
}
