import { DEFAULT_LIMIT } from './message-list-options.js';
import type { QueuedMessage } from './queued-message.interface.js';

/**
 * The result of `list`: `await` returns one page, `for await` yields all messages, a page at a time.
 *
 * @example
 * const page = await this.queue.list({ state: 'failed', limit: 20 });
 * for await (const { id, error } of this.queue.list({ state: 'failed' })) this.logger.warn(`${id}: ${error?.code}`);
 *
 * @publicApi
 */
export class MessageList implements Promise<QueuedMessage[]>, AsyncIterable<QueuedMessage> {
  readonly [Symbol.toStringTag] = 'MessageList';
  private read: Promise<QueuedMessage[]> | undefined;

  constructor(
    private readonly messages: () => AsyncGenerator<QueuedMessage, void, undefined>,
    private readonly limit = DEFAULT_LIMIT,
  ) {}

  /** Yields all messages, a page at a time. */
  [Symbol.asyncIterator](): AsyncGenerator<QueuedMessage, void, undefined> {
    return this.messages();
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise.
  then<Result = QueuedMessage[], Failure = never>(
    onFulfilled?: ((page: QueuedMessage[]) => Result | PromiseLike<Result>) | null,
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.page().then(onFulfilled, onRejected);
  }

  catch<Failure = never>(
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<QueuedMessage[] | Failure> {
    return this.page().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<QueuedMessage[]> {
    return this.page().finally(onFinally);
  }

  private page(): Promise<QueuedMessage[]> {
    this.read ??= this.readPage();
    return this.read;
  }

  private async readPage(): Promise<QueuedMessage[]> {
    const page: QueuedMessage[] = [];
    for await (const message of this.messages()) if (page.push(message) === this.limit) break;
    return page;
  }
}
