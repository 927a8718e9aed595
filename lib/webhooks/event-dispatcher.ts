import { createHash } from 'node:crypto';
import type { ButtonReplyEvent, MessagingEvent, ParsedEvent } from '../events/messaging-event.interface.js';
import type { RepeatStore } from '../events/repeat-store.js';
import type { ReplyExchange } from '../events/reply-exchange.js';
import { compoundKey } from '../message/compound-key.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { WorkUnderWay } from '../time/work-under-way.js';
import type { ButtonMessagingEvents } from './button-messaging.events.js';
import { type EventHandler, wants } from './handler-registry.js';
import type { LateFallback } from './late-fallback.js';
import type { ReplyMatcher } from './reply-matcher.js';

// Meta repeats callbacks for days.
const REPEATS_WITHIN_MS = 7 * 24 * 60 * 60 * 1_000;

/** Hands events on: each once, matched to what was sent, to the streams and to the handlers. */
export class EventDispatcher {
  private handlers: EventHandler[] = [];
  private readonly running = new WorkUnderWay();

  constructor(
    private readonly repeats: RepeatStore,
    private readonly matcher: ReplyMatcher,
    private readonly events: ButtonMessagingEvents,
    private readonly replies: ReplyExchange,
    private readonly lateFallback: LateFallback,
    private readonly logger: MessagingLogger,
  ) {}

  /** From now on these methods get the events. */
  use(handlers: EventHandler[]): void {
    this.handlers = handlers;
  }

  /** Begins to hand events on, and returns before anybody has them. */
  dispatch(events: readonly ParsedEvent[]): void {
    if (events.length > 0) this.track(this.handOnAll(events));
  }

  /** Resolves when everything that was dispatched is done. */
  idle(): Promise<void> {
    return this.running.idle();
  }

  private async handOnAll(events: readonly ParsedEvent[]): Promise<void> {
    for (const event of events) {
      try {
        await this.handOn(event);
      } catch (error) {
        this.logger.error(
          `A ${event.kind} event of account ${event.account} could not be handed on: ${nameOf(error)}.`,
        );
      }
    }
  }

  private async handOn(parsed: ParsedEvent): Promise<void> {
    if (!(await this.isFirst(parsed))) return;
    const event = await this.matched(parsed);
    this.events.emit(event);
    if (event.kind === 'button-reply' && event.sent) this.track(this.publish(event.sent.id, event));
    for (const handler of this.handlers) {
      if (wants(handler.metadata, event)) this.track(this.run(handler, event));
    }
    if (parsed.kind === 'message-status' && parsed.buttonsRefused) this.track(this.lateFallback.send(parsed));
  }

  // The provider has its 200 and will not tell again: a store that fails must not swallow the event.
  private async isFirst(event: ParsedEvent): Promise<boolean> {
    try {
      return await this.repeats.isFirst(keyOf(event), REPEATS_WITHIN_MS);
    } catch (error) {
      this.logger.error(`The store of repeats failed, an event may be handed on again: ${nameOf(error)}.`);
      return true;
    }
  }

  private async matched(event: ParsedEvent): Promise<MessagingEvent> {
    try {
      return await this.matcher.match(event);
    } catch (error) {
      this.logger.error(`The store of sent messages failed, an event is handed on unmatched: ${nameOf(error)}.`);
      return event;
    }
  }

  private async publish(sentId: string, reply: ButtonReplyEvent): Promise<void> {
    try {
      await this.replies.publish(sentId, reply);
    } catch (error) {
      this.logger.error(`An answer could not be brought to whoever asked: ${nameOf(error)}.`);
    }
  }

  private async run(handler: EventHandler, event: MessagingEvent): Promise<void> {
    try {
      await handler.run(event);
    } catch (error) {
      this.logger.error(`The handler ${handler.name} failed on a ${event.kind} event: ${nameOf(error)}.`);
    }
  }

  private track(work: Promise<void>): void {
    this.running.begin();
    void work.finally(() => this.running.end());
  }
}

/** The same for every repetition of a callback, and for nothing else. */
function keyOf(event: ParsedEvent): string {
  const { account, kind } = event;
  switch (event.kind) {
    case 'button-reply':
    case 'text-message':
      return compoundKey(account, kind, event.messageId);
    case 'message-status':
      return compoundKey(account, kind, event.status, ...event.messageIds);
    case 'connection':
      return compoundKey(account, kind, createHash('sha256').update(JSON.stringify(event.raw)).digest('base64'));
  }
}

// An error's text may hold what the customer wrote.
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
