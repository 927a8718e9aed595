import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { MessagePages, PagePlace } from './engines/message-pages.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueuedMessage, QueuedMessageState } from './queued-message.interface.js';
import { readMessage, type StoredJob } from './queued-message.mapper.js';

const PAGE = 500;
const MAX_NAMED = 10;

/** What is searched for. */
export interface Search {
  states: readonly QueuedMessageState[];
  /** Which of their messages. Default: all. */
  matches?: ((message: QueuedMessage) => boolean) | undefined;
  /** Begins behind the message of this id, where it is in one of the states. */
  after?: string | undefined;
  /** How many are read at a time. */
  pageSize?: number;
}

/** Goes through the queue's messages, a page at a time. */
export class MessageSearch {
  constructor(
    private readonly connection: QueueConnection,
    private readonly name: string,
    private readonly logger: () => Pick<MessagingLogger, 'warn'>,
  ) {}

  /** Those of one state after the other. */
  async *messages(search: Search): AsyncGenerator<QueuedMessage, void, undefined> {
    const pages = this.connection.engine.pages(this.name);
    const begin = await this.placeOf(pages, search);
    const first = begin ? search.states.indexOf(begin.state) : 0;
    for (const state of search.states.slice(first)) {
      yield* this.inState(pages, state, search, state === begin?.state ? begin.place : undefined);
    }
  }

  private async *inState(
    pages: MessagePages,
    state: QueuedMessageState,
    { matches = () => true, pageSize: limit = PAGE }: Search,
    begin: PagePlace | undefined,
  ): AsyncGenerator<QueuedMessage, void, undefined> {
    let after = begin;
    do {
      const page = await this.connection.run(() => pages.page({ state, limit, after }));
      for (const message of this.readable(state, page.jobs)) {
        // One that is just being put aside is not sent, though BullMQ has completed it.
        if (message.state === state && matches(message)) yield message;
      }
      after = page.end;
    } while (after);
  }

  /** The messages of a page. One that is damaged must not keep the others back. */
  private readable(state: QueuedMessageState, jobs: readonly StoredJob[]): QueuedMessage[] {
    const read = jobs.map((job) => ({ job, message: readMessage(state, job) }));
    const left = read.flatMap(({ job, message }) => (message ? [] : [job.id]));
    if (left.length > 0) {
      const ids = left.slice(0, MAX_NAMED).join(', ');
      this.logger().warn(
        `${left.length} ${state} messages of the queue "${this.name}" are damaged and left out: ${ids}. ` +
          'Remove them from the engine; held ones also by release(id, "discard").',
      );
    }
    return read.flatMap(({ message }) => message ?? []);
  }

  private async placeOf(pages: MessagePages, { after: id, states }: Search) {
    if (id === undefined) return undefined;
    for (const state of states) {
      const place = await this.connection.run(() => pages.placeOf(state, id));
      if (place) return { state, place };
    }
    return undefined;
  }
}
