import { Injectable } from '@nestjs/common';
import { PendingCounter } from '../async/pending-counter.js';
import { failureOf } from '../errors/store-answer.error.js';
import type { ButtonReplyEvent, ParsedEvent } from '../events/messaging-event.interface.js';
import { CircuitBreakers } from '../resilience/circuit-breakers.js';
import { LateFallback, lateFallbackReason } from '../sending/late-fallback.service.js';
import { KnownPeople, personOf } from '../stores/known-people.js';
import { ReplyExchange } from '../stores/reply.exchange.js';
import type { RememberedMessage } from '../stores/sent-message.store.js';
import { fieldsOfEvent } from '../telemetry/log-fields.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { MessagingTelemetry } from '../telemetry/messaging.telemetry.js';
import { ButtonMessagingEvents } from './button-messaging.events.js';
import type { EventHandler } from './handlers/event-handler.explorer.js';
import { accepts, type HandledEvent } from './handlers/handler-metadata.js';
import { EarlyCallbacks } from './replies/early-callbacks.js';
import { OutcomeSettler } from './replies/outcome-settler.js';
import { type Match, ReplyMatcher } from './replies/reply.matcher.js';
import { WebhookDeduplicator } from './webhook-deduplicator.js';

/** Receives errors of handlers, and of events that could not be dispatched. `event` is the parsed event. */
export type FailureObserver = (error: unknown, event: { raw: unknown }) => void;

/** Provides the event handlers. */
export interface HandlerSource {
  readonly handlers: readonly EventHandler[];
  /** Finds handlers of lazily loaded modules. Returns undefined if no module was added. */
  refresh(): Promise<void> | undefined;
}

const NO_HANDLERS: HandlerSource = { handlers: [], refresh: () => undefined };

/** Dispatches events: deduplicates them, matches them with sent messages, and calls streams and handlers. */
@Injectable()
export class EventDispatcher {
  private source = NO_HANDLERS;
  private readonly running = new PendingCounter();
  private observeFailure: FailureObserver = () => {};

  constructor(
    private readonly repeats: WebhookDeduplicator,
    private readonly people: KnownPeople,
    private readonly early: EarlyCallbacks,
    private readonly matcher: ReplyMatcher,
    private readonly settler: OutcomeSettler,
    private readonly events: ButtonMessagingEvents,
    private readonly replies: ReplyExchange,
    private readonly lateFallback: LateFallback,
    private readonly breakers: CircuitBreakers,
    private readonly telemetry: MessagingTelemetry,
    private readonly logger: MessagingLogger,
  ) {}

  /** Sets the source of handlers. */
  use(source: HandlerSource): void {
    this.source = source;
  }

  /** Sets an observer of errors that are also logged. */
  onFailure(observer: FailureObserver): void {
    this.observeFailure = observer;
  }

  /** Dispatches events. @returns A promise that resolves when these events are handled. It never rejects. */
  dispatch(events: readonly ParsedEvent[]): Promise<void> {
    if (events.length === 0) return Promise.resolve();
    const batch = new PendingCounter();
    this.track(batch, this.dispatchAll(events, batch));
    return batch.whenIdle();
  }

  /** Resolves when all dispatched events are handled. */
  whenIdle(): Promise<void> {
    return this.running.whenIdle();
  }

  private async dispatchAll(events: readonly ParsedEvent[], batch: PendingCounter): Promise<void> {
    const refreshing = this.source.refresh();
    if (refreshing) await this.refreshed(refreshing);
    for (const event of events) await this.attempt(event, () => this.dispatchOne(event, batch));
  }

  private async refreshed(refreshing: Promise<void>): Promise<void> {
    try {
      await refreshing;
    } catch (error) {
      this.logger.error(`Cannot find the handlers of a lazily loaded module: ${failureOf(error)}.`);
    }
  }

  private async attempt(event: ParsedEvent, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logFailure(`Cannot dispatch a ${event.kind} event of account ${event.account}`, event, error);
      this.observeFailure(error, event);
    }
  }

  private async dispatchOne(parsed: ParsedEvent, batch: PendingCounter): Promise<void> {
    if (!(await this.repeats.isNew(parsed))) return;
    await this.learn(parsed);
    const match = await this.matched(parsed);
    const later = this.early.matched(parsed, match, () => this.matched(parsed));
    if (!later) return this.notify(parsed, match, batch);
    // Other events do not wait for the sends that this one may belong to.
    this.track(
      batch,
      this.attempt(parsed, async () => this.notify(parsed, await later, batch)),
    );
  }

  private notify(parsed: ParsedEvent, { event, remembered, proves }: Match, batch: PendingCounter): void {
    if (event) {
      this.events.emit(event);
      if (event.kind === 'button-reply' && event.sent) this.track(batch, this.publish(event.sent.id, event));
      this.runHandlers(event, remembered, batch);
    }
    if (remembered && proves) this.track(batch, this.settle(remembered, parsed, proves.messageId, batch));
    if (parsed.kind !== 'message-status') return;
    const { provider, account: name, category = 'unknown', hints } = parsed;
    if (hints?.opensCircuit) this.breakers.open({ provider, name }, category);
    const reason = lateFallbackReason(parsed);
    // A delivered message was not rejected, whatever later statuses say.
    if (reason && !this.events.hasArrived(parsed)) this.track(batch, this.lateFallback.send(parsed, reason));
  }

  private async settle(
    remembered: RememberedMessage,
    parsed: ParsedEvent,
    messageId: string | undefined,
    batch: PendingCounter,
  ): Promise<void> {
    const settled = await this.settler.settle(remembered, parsed, messageId);
    this.events.settle(settled);
    this.runHandlers(settled, remembered, batch);
  }

  private runHandlers(event: HandledEvent, repliedTo: RememberedMessage | undefined, batch: PendingCounter): void {
    for (const handler of this.source.handlers) {
      if (accepts(handler.metadata, event)) this.track(batch, this.run(handler, event, repliedTo?.traceparent));
    }
  }

  /** Learns the identifiers of a person. Echoes are excluded, because they may contain the sender's. */
  private async learn(event: ParsedEvent): Promise<void> {
    switch (event.kind) {
      case 'identity':
        await this.people.learnChange(event.account, personOf(event.previous), personOf(event.current));
        break;
      case 'button-reply':
      case 'text-message':
      case 'message':
        await this.people.learn(event.account, personOf(event.from));
        break;
      case 'message-status':
        if (event.recipient) await this.people.learn(event.account, personOf(event.recipient));
    }
  }

  private async matched(parsed: ParsedEvent): Promise<Match> {
    try {
      return await this.matcher.match(parsed);
    } catch (error) {
      this.logFailure('SentMessageStore failed. An event is dispatched without its sent message', parsed, error);
      if (parsed.kind === 'echo') return {};
      const { hints: _, ...event } = parsed;
      return { event };
    }
  }

  private async publish(sentId: string, reply: ButtonReplyEvent): Promise<void> {
    try {
      await this.replies.publish(sentId, reply);
    } catch (error) {
      this.logFailure('ReplyExchange failed. A reply did not reach the waiting ask()', reply, error);
    }
  }

  // The handler runner logs errors, because it knows whether the handler or an enhancer threw.
  private async run(handler: EventHandler, event: HandledEvent, answered: string | undefined): Promise<void> {
    const { provider, account, kind } = event;
    const facts = { handler: handler.name, provider, account, kind, answered };
    await this.telemetry
      .handle(facts, () => handler.run(event))
      .catch((error: unknown) => {
        this.observeFailure(error, event);
      });
  }

  private track(batch: PendingCounter, work: Promise<void>): void {
    batch.start();
    this.running.start();
    const end = () => {
      batch.finish();
      this.running.finish();
    };
    void work.then(end, end);
  }

  // The text of an error may contain the customer's message.
  private logFailure(what: string, event: ParsedEvent, thrown: unknown): void {
    const error = failureOf(thrown);
    this.logger.error(`${what}: ${error}.`, { ...fieldsOfEvent(event), error });
  }
}
