import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { Source } from '../async/map-concurrent.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { checkIsObject } from '../message/check-send-options.js';
import type { ButtonMessageDto } from '../message/dto/button-message.dto.js';
import type { Message } from '../message/message.interface.js';
import { QueueBacklog } from '../stores/queue-backlog.js';
import { isRecord } from '../validation/is-record.js';
import { AccountWaits } from './account-waits.js';
import { type EnqueueManyItem, type EnqueueManyOptions, type EnqueueManyResult, enqueueMany } from './enqueue-many.js';
import { HeldMessages } from './held-messages.js';
import { MessageEnqueuer } from './message-enqueuer.js';
import { isMessageId } from './message-id.js';
import { findMessageId, type MessageKey } from './message-key.js';
import { MessageList } from './message-list.js';
import { checkGroupOf, type MessageListOptions, searchOf } from './message-list-options.js';
import { MessageOperations } from './message-operations.js';
import { MessageSearch } from './message-search.js';
import { MessagingCore } from './messaging-core.js';
import { PausedAccounts } from './paused-accounts.js';
import { QueueConnection } from './queue-connection.js';
import { type QueueAccountEvent, type QueueEvent, QueueEventStream } from './queue-event.stream.js';
import type { EnqueueOptions, QueuedMessage, QueuedMessageState } from './queued-message.interface.js';
import { queuedMessage } from './queued-message.mapper.js';
import { WorkerTrouble } from './worker-trouble.js';

const HELD_PAGE_SIZE = 100;

/**
 * Enqueues messages and manages them. A message survives the end of the process, and is sent at most once, by this
 * process or by another. If its outcome is unknown, it is held until you call `release`.
 *
 * @example
 * const { id } = await this.queue.enqueue(message, { idempotencyKey: `reminder-${appointment.id}` });
 * const queued = await this.queue.find(id);
 *
 * @example
 * for await (const { id } of this.queue.held()) await this.queue.release(id, 'resend');
 *
 * @publicApi
 */
@Injectable()
export class ButtonMessagingQueue extends QueueBacklog {
  /** Emits events of this process, or of all processes (option `events`). Completes when the application closes. */
  readonly events$: Observable<QueueEvent>;
  /** Emits when an account becomes unavailable or available, in this process. */
  readonly accounts$: Observable<QueueAccountEvent>;

  /** @internal */
  constructor(
    private readonly connection: QueueConnection,
    private readonly core: MessagingCore,
    private readonly enqueuer: MessageEnqueuer,
    private readonly search: MessageSearch,
    private readonly operations: MessageOperations,
    private readonly heldMessages: HeldMessages,
    private readonly pauses: PausedAccounts,
    private readonly waits: AccountWaits,
    private readonly trouble: WorkerTrouble,
    private readonly events: QueueEventStream,
  ) {
    super();
    this.events$ = events.events$;
    this.accounts$ = events.accounts$;
  }

  /**
   * Accepts a message. If it throws, the message was not accepted, unless the error's `outcome` is `unknown`.
   *
   * @throws InvalidMessageError, UnknownAccountError before anything is queued
   * @throws IdempotencyConflictError if the key was used for another message
   * @throws ProviderUnavailableError if `resolveAccount` fails, or takes longer than `enqueueTimeoutMs`
   * @throws QueueUnavailableError within `enqueueTimeoutMs`. Enqueue again with the same `idempotencyKey`.
   */
  enqueue(given: Message | ButtonMessageDto, options: EnqueueOptions = {}): Promise<{ id: string }> {
    return this.enqueuer.enqueue(given, options);
  }

  /**
   * Accepts the messages of any source, `concurrency` at a time (100 by default), and yields each result when it is
   * known. The source is read no faster than results are consumed.
   *
   * @example
   * for await (const { index, error } of this.queue.enqueueMany(messages, { idempotencyKey: 'campaign-7' })) {
   *   if (error) this.logger.warn(`Message ${index}: ${error.code}`);
   * }
   */
  enqueueMany(
    items: Source<EnqueueManyItem>,
    options: EnqueueManyOptions = {},
  ): AsyncGenerator<EnqueueManyResult, void, undefined> {
    return enqueueMany(items, options, (message, each) => this.enqueue(message, each));
  }

  /** Returns a message's current state by its ID or key, or undefined if the queue does not have it. */
  async find(which: string | MessageKey): Promise<QueuedMessage | undefined> {
    const { connection } = this;
    const id = await findMessageId(which, this.core);
    if (!isMessageId(id)) return undefined;
    const job = await connection.run(() => connection.messages.getJob(id));
    const found = job && queuedMessage(job, await connection.run(() => job.getState()));
    // While it moves to held or is released it is in both queues, and only the job is current.
    return found ?? this.heldMessages.find(id);
  }

  /** Returns the number of messages in each state. Counting a group reads all messages. */
  override async counts(options: { group?: string } = {}): Promise<Record<QueuedMessageState, number>> {
    checkIsObject(options);
    const { group, ...others } = options;
    if (group === undefined && Object.keys(others).length === 0) return this.operations.counts();
    checkGroupOf(options);
    return this.operations.countsOf(options.group);
  }

  /**
   * Lists messages with their errors: `await` returns one page, `for await` all. Waiting messages are in the order in
   * which they are sent, all others newest first. Without `state` it lists one state after the other.
   *
   * @example
   * for await (const { id, error } of this.queue.list({ state: 'failed' })) this.logger.warn(`${id}: ${error?.code}`);
   */
  list(options: MessageListOptions = {}): MessageList {
    const search = searchOf(options, (given) => this.core.sender.withCountryCodes(given));
    return new MessageList(() => this.search.messages(search), options.limit);
  }

  /**
   * Retries failed messages with all their attempts: one, those of a group, or all (`{}`). Returns how many. Messages
   * that are not failed any more, or whose deadline has passed, are skipped.
   */
  async retry(which: string | { group?: string }): Promise<number> {
    if (!isRecord(which)) return isMessageId(which) && (await this.operations.retry(which)) ? 1 : 0;
    if (Object.keys(which).length === 0) return this.operations.retryAll();
    checkGroupOf(which);
    return this.operations.retryAll(which.group);
  }

  /** Lists messages whose outcome is unknown, newest first, a page at a time. */
  held(): AsyncIterable<QueuedMessage> {
    return this.search.messages({ states: ['held'], pageSize: HELD_PAGE_SIZE });
  }

  /** Sends a held message again, or discards it. Does nothing if it is not held any more. */
  async release(id: string, how: 'resend' | 'discard'): Promise<void> {
    checkHow(how);
    if (!isMessageId(id)) return;
    const isReleased = await (how === 'resend' ? this.heldMessages.resend(id) : this.heldMessages.discard(id));
    if (isReleased) this.events.emit({ kind: 'released', id, how });
  }

  /**
   * Cancels a message that still waits. Returns false if it is too late. For a group it cancels all that wait, and
   * returns how many.
   */
  cancel(which: string | MessageKey): Promise<boolean>;
  cancel(which: { group: string }): Promise<number>;
  async cancel(which: string | MessageKey | { group: string }): Promise<boolean | number> {
    if (isRecord(which) && !('idempotencyKey' in which)) {
      checkGroupOf(which);
      return this.operations.cancel(which.group);
    }
    const id = await findMessageId(which, this.core);
    return isMessageId(id) && this.connection.removeWaiting(id);
  }

  /** Pauses sending in all processes, through one account or entirely. Sends in flight continue. */
  async pause(account?: string): Promise<void> {
    const { connection } = this;
    if (account === undefined) return connection.run(() => connection.messages.pause());
    return this.pauses.pause((await this.core.config.account(account)).name);
  }

  /** Ends `pause`. The messages of an account are sent within seconds. */
  async resume(account?: string): Promise<void> {
    const { connection } = this;
    if (account === undefined) return connection.run(() => connection.messages.resume());
    await this.pauses.resume(account);
    this.waits.end(account);
  }

  /** Returns why this process's worker cannot work, or undefined if it can or if this process has no worker. */
  override async workerTrouble(): Promise<string | undefined> {
    return this.connection.hasWorker ? this.trouble.find() : undefined;
  }
}

/** @throws InvalidMessageError if it is neither, because a typo must not discard a message */
function checkHow(how: unknown): void {
  if (how === 'resend' || how === 'discard') return;
  throw new InvalidMessageError([{ path: 'how', rule: 'isIn', message: 'how must be resend or discard' }]);
}
