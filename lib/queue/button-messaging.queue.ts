import type { Observable } from 'rxjs';
import { Deadline } from '../async/deadline.js';
import type { Source } from '../async/map-concurrent.js';
import type { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { ButtonMessageDto } from '../message/button-message.dto.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { checkIsObject } from '../message/check-send-options.js';
import type { MessageSender } from '../sending/message.sender.js';
import { QueueBacklog } from '../stores/queue-backlog.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { isRecord } from '../validation/is-record.js';
import type { AccountWaits } from './account-waits.js';
import { checkEnqueueOptions } from './check-enqueue-options.js';
import { checkRelease } from './check-release.js';
import type { EnqueueManyItem, EnqueueManyOptions, EnqueueManyResult } from './enqueue-many.interface.js';
import { enqueueMany } from './enqueue-many.js';
import { FailedMessages } from './failed-messages.js';
import type { FairOrder } from './fair-order.js';
import type { HeldMessages } from './held-messages.js';
import { MessageAdder } from './message-adder.js';
import { countsOf } from './message-counts.js';
import { isIn, MessageGroups } from './message-groups.js';
import { isMessageId } from './message-id.js';
import { createMessageJob } from './message-job.factory.js';
import { idMeantBy, type MessageKey } from './message-key.js';
import { MessageList } from './message-list.js';
import { checkGroupOf, type MessageListOptions, searchOf } from './message-list-options.js';
import { MessageSearch } from './message-search.js';
import type { PausedAccounts } from './paused-accounts.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueAccountEvent, QueueEvent } from './queue-event.interface.js';
import type { QueueEventStream } from './queue-event.stream.js';
import type { QueueSettings } from './queue-settings.js';
import type { QueueTelemetry } from './queue-telemetry.js';
import type { EnqueueOptions, QueuedMessage, QueuedMessageState } from './queued-message.interface.js';
import { queuedMessage } from './queued-message.mapper.js';
import type { WorkerTrouble } from './worker-trouble.js';

const HELD_PAGE = 100;

/** What the queue works with; the core's parts are there once the application's modules are. */
export interface QueueParts {
  connection: QueueConnection;
  settings: QueueSettings;
  held: HeldMessages;
  pauses: PausedAccounts;
  events: QueueEventStream;
  telemetry: QueueTelemetry;
  order: FairOrder;
  waits: AccountWaits;
  trouble: WorkerTrouble;
  core(): { sender: MessageSender; config: ButtonMessagingConfig; logger: Pick<MessagingLogger, 'warn'> };
}

/**
 * Messages that are not lost when the process ends. What `enqueue` has accepted is sent once, by this process or by
 * another; where nobody knows whether it went out, it is held for people to decide.
 *
 * @example
 * const { id } = await this.queue.enqueue(message, { idempotencyKey: `reminder-${appointment.id}` });
 * const queued = await this.queue.find(id);
 *
 * @example
 * for await (const { id } of this.queue.held()) await this.queue.release(id, 'resend');
 */
export class ButtonMessagingQueue extends QueueBacklog {
  /** What happens in this process, or in all (the option `events`), from now on; ends with the application. */
  readonly events$: Observable<QueueEvent>;
  /** Accounts that cannot send at present, and those that can again, in this process. */
  readonly accounts$: Observable<QueueAccountEvent>;

  private readonly adder: MessageAdder;
  private readonly search: MessageSearch;
  private readonly failed: FailedMessages;
  private readonly groups: MessageGroups;
  private knownCore: ReturnType<QueueParts['core']> | undefined;

  constructor(private readonly parts: QueueParts) {
    super();
    this.events$ = parts.events.events$;
    this.accounts$ = parts.events.accounts$;
    const { connection, settings, events } = parts;
    this.adder = new MessageAdder(connection, settings);
    this.search = new MessageSearch(connection, settings.name, () => parts.core().logger);
    this.failed = new FailedMessages(connection, this.search, events);
    this.groups = new MessageGroups(connection, this.search, settings.name);
  }

  /**
   * Accepts a message. It was not accepted where this throws, save for an `unknown` outcome.
   *
   * @throws InvalidMessageError, UnknownAccountError at once: nothing invalid is queued.
   * @throws IdempotencyConflictError where the key stands for another message.
   * @throws ProviderUnavailableError where `resolveAccount` fails, or takes longer than `enqueueTimeoutMs`.
   * @throws QueueUnavailableError within `enqueueTimeoutMs`. Enqueue it again under the same `idempotencyKey`.
   */
  async enqueue(given: ButtonMessage | ButtonMessageDto, options: EnqueueOptions = {}): Promise<{ id: string }> {
    const sender: MessageSender = this.core.sender;
    checkEnqueueOptions(options);
    const message = sender.checked(given);
    const found = sender.accountsOf(options, { deadline: new Deadline(this.parts.settings.enqueueTimeoutMs) });
    const accounts = found instanceof Promise ? await found : found;
    return this.parts.telemetry.enqueue(async (trace) => {
      const { order, events } = this.parts;
      const added = createMessageJob(message, options, accounts, order, trace);
      const { id } = added;
      try {
        if (!(await this.adder.add(added))) return { id };
      } finally {
        order.added(accounts[0]?.name ?? '');
      }
      events.emit({ kind: 'enqueued', id });
      return { id };
    });
  }

  /**
   * Accepts the messages of any source, `concurrency` at a time (100), and yields what became of each, in order of
   * completion. The source is read no faster than results are taken.
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

  /** A message as it stands now, by its id or its key; undefined where there is none, or none any more. */
  async find(which: string | MessageKey): Promise<QueuedMessage | undefined> {
    const { connection, held } = this.parts;
    const id = await idMeantBy(which, () => this.core.sender);
    if (!isMessageId(id)) return undefined;
    const job = await connection.run(() => connection.messages.getJob(id));
    const found = job && queuedMessage(job, await connection.run(() => job.getState()));
    // In both while it is being put aside, or comes back: then what is held is out of date, or will be here next.
    return found ?? held.find(id);
  }

  /** How many messages there are of each state; of a group they are gone through. */
  override async counts(options: { group?: string } = {}): Promise<Record<QueuedMessageState, number>> {
    checkIsObject(options);
    const { group, ...others } = options;
    if (group !== undefined || Object.keys(others).length > 0) {
      checkGroupOf(options);
      return this.groups.counts(options.group);
    }
    return countsOf(this.parts.connection, this.parts.held);
  }

  /**
   * Messages with their errors: awaited one page, by `for await` all. What waits comes in the order of work, the rest the
   * newest first; without a `state` one state after the other.
   *
   * @example
   * for await (const { id, error } of this.queue.list({ state: 'failed' })) this.logger.warn(`${id}: ${error?.code}`);
   */
  list(options: MessageListOptions = {}): MessageList {
    const search = searchOf(options, (given) => this.core.sender.withCountryCodes(given));
    return new MessageList(() => this.search.messages(search), options.limit);
  }

  /**
   * Sends failed messages again, with all their attempts: one, those of a group, or all (`{}`). Gives how many it were;
   * one that is not failed any more, or whose deadline has passed, is none of them.
   */
  async retry(which: string | { group?: string }): Promise<number> {
    if (!isRecord(which)) return isMessageId(which) && (await this.failed.retry(which)) ? 1 : 0;
    if (Object.keys(which).length === 0) return this.failed.retryAll();
    checkGroupOf(which);
    return this.failed.retryAll(isIn(which.group));
  }

  /** The messages of which nobody knows whether they went out, the newest first, a page at a time. */
  held(): AsyncIterable<QueuedMessage> {
    return this.search.messages({ states: ['held'], pageSize: HELD_PAGE });
  }

  /** Sends a held message again, or forgets it. Where it is not held any more, nothing happens. */
  async release(id: string, how: 'resend' | 'discard'): Promise<void> {
    checkRelease(how);
    if (!isMessageId(id)) return;
    const released = await (how === 'resend' ? this.parts.held.resend(id) : this.parts.held.discard(id));
    if (released) this.parts.events.emit({ kind: 'released', id, how });
  }

  /**
   * Takes back a message that still waits; false where it is too late for that. Of a group it takes back all that wait,
   * and gives how many.
   */
  cancel(which: string | MessageKey): Promise<boolean>;
  cancel(which: { group: string }): Promise<number>;
  async cancel(which: string | MessageKey | { group: string }): Promise<boolean | number> {
    const { connection, settings } = this.parts;
    if (isRecord(which) && !('idempotencyKey' in which)) {
      checkGroupOf(which);
      return this.groups.cancel(which.group);
    }
    const id = await idMeantBy(which, () => this.core.sender);
    if (!isMessageId(id)) return false;
    return connection.run(() => connection.engine.removeWaitingJob(settings.name, id));
  }

  /** Lets messages wait, in all processes: those that may go by one account, or all. What is in flight goes on. */
  async pause(account?: string): Promise<void> {
    const { connection, pauses } = this.parts;
    if (account === undefined) return connection.run(() => connection.messages.pause());
    return pauses.pause((await this.core.config.account(account)).name);
  }

  /** Ends `pause`. The messages of an account follow within seconds. */
  async resume(account?: string): Promise<void> {
    const { connection, pauses } = this.parts;
    if (account === undefined) return connection.run(() => connection.messages.resume());
    await pauses.resume(account);
    this.parts.waits.end(account);
  }

  /** Why this process's worker cannot work at present; undefined if it can, or if there is none here. */
  override async workerTrouble(): Promise<string | undefined> {
    return this.parts.settings.worker ? this.parts.trouble.find() : undefined;
  }

  private get core() {
    this.knownCore ??= this.parts.core();
    return this.knownCore;
  }
}
