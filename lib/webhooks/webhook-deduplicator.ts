import { Injectable } from '@nestjs/common';
import { failureOf, StoreAnswerError } from '../errors/store-answer.error.js';
import type { ParsedEvent } from '../events/messaging-event.interface.js';
import { RepeatStore } from '../stores/repeat.store.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { deduplicationKey } from './deduplication-key.js';
import { RejectedWebhookLogger } from './rejected-webhook.logger.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

// Meta repeats callbacks for as long.
const DEDUPLICATION_WINDOW_MS = 7 * DAY_MS;

/** WhatsApp is younger: a time before is no time. */
const EARLIEST = Date.UTC(2009, 0, 1);

/** Lets each event through once. What is older than the memory of repeats cannot be told from a repeat, and is dropped. */
@Injectable()
export class WebhookDeduplicator {
  constructor(
    private readonly repeats: RepeatStore,
    private readonly refused: RejectedWebhookLogger,
    private readonly logger: MessagingLogger,
  ) {}

  async isNew(event: ParsedEvent): Promise<boolean> {
    if (happenedBefore(event, Date.now() - DEDUPLICATION_WINDOW_MS)) {
      this.drop(event, 'repeats are known for seven days');
      return false;
    }
    if (!(await this.isFirst(event))) return false;
    if (!happenedBefore(event, await this.knownSince(event))) return true;
    this.drop(event, 'so many callbacks came since that repeats of it are not known any more');
    return false;
  }

  // The provider has its 200 and will not tell again: a store that fails must not swallow the event.
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

  /** A store that cannot say since when it knows repeats is taken for one that forgets none. */
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

  private logFailure({ account, provider, kind }: ParsedEvent, error: unknown): void {
    const name = failureOf(error);
    this.logger.error(`The store of repeats failed, an event may be handed on again: ${name}.`, {
      account,
      provider,
      event: kind,
      error: name,
    });
  }

  private drop({ kind, provider, account, at }: ParsedEvent, why: string): void {
    const days = Math.floor((Date.now() - at.getTime()) / DAY_MS);
    const age = days > 0 ? `${days} days old` : 'of today';
    const fault = `its ${kind} event is ${age}, and ${why}`;
    this.refused.log({ what: 'webhook', provider, account, reason: fault, kind: 'ignored' });
  }
}

function happenedBefore({ at }: ParsedEvent, time: number): boolean {
  return at.getTime() >= EARLIEST && at.getTime() < time;
}
