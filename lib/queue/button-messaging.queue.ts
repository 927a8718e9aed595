import type { Observable } from 'rxjs';
import type { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { runBounded, type Source } from '../delivery/run-bounded.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { IdempotencyConflictError, InvalidMessageError } from '../errors/message.errors.js';
import type { ButtonMessageDto } from '../message/button-message.dto.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { checkIsObject } from '../message/check-send-options.js';
import type { ButtonMessageSender } from '../providers/button-message-sender.js';
import type { EnqueueManyOptions, EnqueueManyResult } from './enqueue-many.interface.js';
import type { HeldMessages } from './held-messages.js';
import { inBatches } from './in-batches.js';
import { jobOptions } from './job-options.js';
import { checkEnqueueOptions, type NewMessage, newMessage } from './new-message.js';
import type { PausedAccounts } from './paused-accounts.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueEvent } from './queue-event.interface.js';
import type { QueueEvents } from './queue-events.js';
import type { QueueSettings } from './queue-settings.js';
import type { QueueTelemetry } from './queue-telemetry.js';
import type { EnqueueOptions, QueuedJob, QueuedMessage, QueuedMessageState } from './queued-message.interface.js';
import { queuedMessage } from './queued-message.reader.js';

/** What the queue works with; the core's parts are there once the application's modules are. */
export interface QueueParts {
  connection: QueueConnection;
  settings: QueueSettings;
  held: HeldMessages;
  pauses: PausedAccounts;
  events: QueueEvents;
  telemetry: QueueTelemetry;
  core(): { sender: ButtonMessageSender; config: ButtonMessagingConfig };
}

type NewJob = Parameters<QueueConnection['messages']['addBulk']>[0][number];

const AT_A_TIME = 100;

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
export class ButtonMessagingQueue {
  /** What happens in this process, or in all (the option `events`), from now on; ends with the application. */
  readonly events$: Observable<QueueEvent>;

  private readonly addTogether: (job: NewJob) => Promise<unknown>;
  private knownCore: ReturnType<QueueParts['core']> | undefined;

  constructor(private readonly parts: QueueParts) {
    this.events$ = parts.events.events$;
    const { most } = parts.connection.engine.bulk;
    this.addTogether = inBatches((jobs: readonly NewJob[]) => this.addAll(jobs), { most });
  }

  /**
   * Accepts a message. It was not accepted where this throws, save for an `unknown` outcome.
   *
   * @throws InvalidMessageError, UnknownAccountError at once: nothing invalid is queued.
   * @throws IdempotencyConflictError where the key stands for another message.
   * @throws QueueUnavailableError within `enqueueTimeoutMs`. Enqueue it again under the same `idempotencyKey`.
   */
  async enqueue(message: ButtonMessage | ButtonMessageDto, options: EnqueueOptions = {}): Promise<{ id: string }> {
    const sender: ButtonMessageSender = this.core.sender;
    checkEnqueueOptions(options);
    sender.check(message);
    const found = sender.accountsOf(options);
    const accounts = found instanceof Promise ? await found : found;
    return this.parts.telemetry.enqueue(async (trace) => {
      const added = newMessage(message, options, accounts, trace);
      if (options.idempotencyKey === undefined) await this.add(added);
      else if (!(await this.addOnce(added))) return { id: added.id };
      this.parts.events.emit({ kind: 'enqueued', id: added.id });
      return { id: added.id };
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
  async *enqueueMany(
    messages: Source<ButtonMessage | ButtonMessageDto>,
    options: EnqueueManyOptions = {},
  ): AsyncGenerator<EnqueueManyResult, void, undefined> {
    checkIsObject(options);
    const { concurrency = AT_A_TIME, signal, ...each } = options;
    checkEnqueueOptions(each);
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      const path = 'options.concurrency';
      throw new InvalidMessageError([
        { path, rule: 'isWholeNumber', message: `${path} must be a whole number from 1 on` },
      ]);
    }
    const { idempotencyKey: key } = each;
    const enqueueOne = async (message: ButtonMessage | ButtonMessageDto, index: number): Promise<EnqueueManyResult> => {
      try {
        const own = key === undefined ? each : { ...each, idempotencyKey: `${key} ${index}` };
        return { index, ...(await this.enqueue(message, own)) };
      } catch (error) {
        if (error instanceof ButtonMessagingError) return { index, error };
        throw error;
      }
    };
    yield* runBounded(messages, enqueueOne, { concurrency, signal });
  }

  /** A message as it stands now; undefined where there is none, or none any more. */
  async find(id: string): Promise<QueuedMessage | undefined> {
    const { connection, held } = this.parts;
    const job = await connection.ask(() => connection.messages.getJob(id));
    const found = job && queuedMessage(job, await connection.ask(() => job.getState()));
    // In both while it is being put aside, or comes back: then what is held is out of date, or will be here next.
    return found ?? held.find(id);
  }

  /** How many messages there are of each state. */
  async counts(): Promise<Record<QueuedMessageState, number>> {
    const { connection, held } = this.parts;
    const states = ['prioritized', 'delayed', 'active', 'completed', 'failed'] as const;
    const [counts, { 0: waiting = 0 }, heldCount] = await Promise.all([
      connection.ask(() => connection.messages.getJobCounts(...states)),
      // Those without a priority, also in a paused queue, where the SQL backends count nothing as `waiting`.
      connection.ask(() => connection.messages.getCountsPerPriority([0])),
      held.count(),
    ]);
    const { prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0 } = counts;
    return { waiting: waiting + prioritized, delayed, active, sent: completed, failed, held: heldCount };
  }

  /** The messages of which nobody knows whether they went out, the newest first, a page at a time. */
  held(): AsyncIterable<QueuedMessage> {
    return this.parts.held.list();
  }

  /** Sends a held message again, or forgets it. Where it is not held any more, nothing happens. */
  async release(id: string, how: 'resend' | 'discard'): Promise<void> {
    checkRelease(how);
    const released = await (how === 'resend' ? this.parts.held.resend(id) : this.parts.held.discard(id));
    if (released) this.parts.events.emit({ kind: 'released', id, how });
  }

  /** Takes back a message that still waits; false where it is too late for that. */
  async cancel(id: string): Promise<boolean> {
    const { connection, settings } = this.parts;
    return connection.ask(() => connection.engine.takeBack(settings.name, id));
  }

  /** Lets messages wait, in all processes: those that may go by one account, or all. What is in flight goes on. */
  async pause(account?: string): Promise<void> {
    const { connection, pauses } = this.parts;
    if (account === undefined) return connection.ask(() => connection.messages.pause());
    return pauses.pause((await this.core.config.account(account)).name);
  }

  /** Ends `pause`. The messages of an account follow within seconds. */
  async resume(account?: string): Promise<void> {
    const { connection, pauses } = this.parts;
    if (account === undefined) return connection.ask(() => connection.messages.resume());
    return pauses.resume(account);
  }

  private get core() {
    this.knownCore ??= this.parts.core();
    return this.knownCore;
  }

  private add({ id, data, delay, priority }: NewMessage): Promise<unknown> {
    const options = {
      ...jobOptions(id, this.parts.settings),
      ...(delay !== undefined && { delay }),
      ...(priority !== undefined && { priority }),
    };
    return this.addTogether({ name: 'message', data, opts: options });
  }

  /** Each ends for itself, or all alike where they are one command. */
  private addAll(jobs: readonly NewJob[]): Promise<unknown[]> {
    const { connection } = this.parts;
    const { engine, messages } = connection;
    if (jobs.length >= engine.bulk.least) return connection.ask(() => messages.addBulk([...jobs]));
    const addOne = ({ name, data, opts }: NewJob) => connection.ask(() => messages.add(name, data, opts));
    return Promise.all(jobs.map((job) => addOne(job).catch((error: unknown) => error)));
  }

  /** False where the key was given before. */
  private async addOnce(added: NewMessage): Promise<boolean> {
    const { connection } = this.parts;
    const { id, data } = added;
    const { stored, heldJob } = await this.addAndRead(added);
    // What was added beside a held message is left out by the worker that takes it up.
    if (heldJob) return refuseOther(heldJob.data, data);
    if (!stored || isSameCall(stored.data, data)) return true;
    // Nothing was sent under a key whose message failed: it is free again.
    const failed = stored.finishedOn !== undefined && !stored.returnvalue;
    if (!failed) return refuseOther(stored.data, data);
    await connection.ask(() => connection.messages.remove(id));
    const { stored: again } = await this.addAndRead(added);
    // Another process may have been first.
    return !again || isSameCall(again.data, data) || refuseOther(again.data, data);
  }

  /** What there is under the message's id: this one, or what was there before. */
  private async addAndRead(added: NewMessage) {
    const { connection } = this.parts;
    await this.add(added);
    const [stored, heldJob] = await connection.askOfAccepted(() =>
      Promise.all([connection.messages.getJob(added.id), connection.held.getJob(added.id)]),
    );
    return { stored, heldJob };
  }
}

/** @throws InvalidMessageError where it is neither: a slip must not throw a message away. */
function checkRelease(how: unknown): void {
  if (how === 'resend' || how === 'discard') return;
  throw new InvalidMessageError([{ path: 'how', rule: 'isIn', message: 'how must be resend or discard' }]);
}

function isSameCall(one: QueuedJob, other: QueuedJob): boolean {
  return one.once?.call === other.once?.call;
}

/** @throws IdempotencyConflictError where they differ. */
function refuseOther(one: QueuedJob, other: QueuedJob): false {
  if (one.once?.fingerprint === other.once?.fingerprint) return false;
  throw new IdempotencyConflictError('The idempotency key was used before, with other content');
}
