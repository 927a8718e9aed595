import { Injectable } from '@nestjs/common';
import type { PagePlace } from './engines/message-pages.js';
import { MessagingCore } from './messaging-core.js';
import { QueueConnection } from './queue-connection.js';
import type { QueuedMessage, QueuedMessageState } from './queued-message.interface.js';
import { readMessage, type StoredJob } from './queued-message.mapper.js';

const PAGE_SIZE = 500;
const MAX_LOGGED_IDS = 10;

/** The criteria of a search. */
export interface Search {
  states: readonly QueuedMessageState[];
  /** Filters the messages of these states. */
  matches?: ((message: QueuedMessage) => boolean) | undefined;
  /** Starts after the message with this ID, if it is in one of the states. */
  after?: string | undefined;
  /** Messages read at a time. @default 500 */
  pageSize?: number;
}

/** Reads the queue's messages, a page at a time. */
@Injectable()
export class MessageSearch {
  constructor(
    private readonly connection: QueueConnection,
    private readonly core: MessagingCore,
  ) {}

  /** Yields the messages of one state after the other. */
  async *messages(search: Search): AsyncGenerator<QueuedMessage, void, undefined> {
    const begin = await this.placeOf(search);
    const first = begin ? search.states.indexOf(begin.state) : 0;
    for (const state of search.states.slice(first)) {
      yield* this.inState(state, search, state === begin?.state ? begin.place : undefined);
    }
  }

  private async *inState(
    state: QueuedMessageState,
    { matches = () => true, pageSize: limit = PAGE_SIZE }: Search,
    begin: PagePlace | undefined,
  ): AsyncGenerator<QueuedMessage, void, undefined> {
    const { connection } = this;
    const queue = this.queueOf(state);
    let after = begin;
    do {
      const page = await connection.run(() => connection.engine.pages.page(queue, { state, limit, after }));
      for (const message of this.readable(state, page.jobs)) {
        // BullMQ also lists a message as completed that just moved to held.
        if (message.state === state && matches(message)) yield message;
      }
      after = page.end;
    } while (after);
  }

  /** Returns the messages of a page, without damaged ones. */
  private readable(state: QueuedMessageState, jobs: readonly StoredJob[]): QueuedMessage[] {
    const read = jobs.map((job) => ({ job, message: readMessage(state, job) }));
    const damaged = read.flatMap(({ job, message }) => (message ? [] : [job.id]));
    if (damaged.length > 0) {
      const ids = damaged.slice(0, MAX_LOGGED_IDS).join(', ');
      this.core.logger.warn(
        `${damaged.length} ${state} messages of the queue "${this.connection.messages.name}" are damaged and were skipped: ${ids}. ` +
          'Remove them from the engine, or held ones with release(id, "discard").',
      );
    }
    return read.flatMap(({ message }) => message ?? []);
  }

  private async placeOf({ after: id, states }: Search) {
    const { connection } = this;
    if (id === undefined) return undefined;
    for (const state of states) {
      const place = await connection.run(() => connection.engine.pages.placeOf(this.queueOf(state), state, id));
      if (place) return { state, place };
    }
    return undefined;
  }

  private queueOf(state: QueuedMessageState): string {
    return (state === 'held' ? this.connection.held : this.connection.messages).name;
  }
}
