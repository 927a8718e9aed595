import { createHash } from 'node:crypto';
import type { MessagingEvent, ParsedEvent } from '../events/messaging-event.interface.js';
import type { RepeatStore } from '../events/repeat-store.js';
import type { ReplyExchange } from '../events/reply-exchange.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { ButtonMessagingEvents } from './button-messaging.events.js';
import { type EventHandler, wants } from './handler-registry.js';
import type { LateFallback } from './late-fallback.js';
import type { ReplyMatcher } from './reply-matcher.js';

// Meta repeats callbacks for days.
const REPEATS_WITHIN_MS = 7 * 24 * 60 * 60 * 1_000;

/** Hands events on: each once, matched to what was sent, to the streams and to the handlers. */
export class EventDispatcher {
  private handlers: EventHandler[] = [];
  private readonly running = new Set<Promise<void>>();

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
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
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
    if (!(await this.repeats.isFirst(keyOf(parsed), REPEATS_WITHIN_MS))) return;
    const event = await this.matcher.match(parsed);
    this.events.emit(event);
    if (event.kind === 'button-reply' && event.sent) await this.replies.publish(event.sent.id, event);
    for (const handler of this.handlers) {
      if (wants(handler.metadata, event)) this.track(this.run(handler, event));
    }
    if (parsed.kind === 'message-status' && parsed.buttonsRefused) this.track(this.lateFallback.send(parsed));
  }

  private async run(handler: EventHandler, event: MessagingEvent): Promise<void> {
    try {
      await handler.run(event);
    } catch (error) {
      this.logger.error(`The handler ${handler.name} failed on a ${event.kind} event: ${nameOf(error)}.`);
    }
  }

  private track(work: Promise<void>): void {
    const tracked = work.finally(() => this.running.delete(tracked));
    this.running.add(tracked);
  }
}

/** The same for every repetition of a callback, and for nothing else. */
function keyOf(event: ParsedEvent): string {
  const scope = `${event.account} ${event.kind}`;
  switch (event.kind) {
    case 'button-reply':
    case 'text-message':
      return `${scope} ${event.messageId}`;
    case 'message-status':
      return `${scope} ${event.status} ${event.messageIds.join(' ')}`;
    case 'connection':
      return `${scope} ${createHash('sha256').update(JSON.stringify(event.raw)).digest('base64')}`;
  }
}

// An error's text may hold what the customer wrote.
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
