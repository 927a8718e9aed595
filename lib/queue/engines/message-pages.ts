import type { QueuedMessageState } from '../queued-message.interface.js';
import type { StoredJob } from '../queued-message.mapper.js';

/** A position in a list, after a message. The message may have left the list since. */
export interface PagePlace {
  /** The IDs of the messages before it, the nearest last. */
  ids: readonly string[];
  /** The engine's sort values of the nearest message. */
  order: readonly string[];
}

export interface PageRequest {
  state: QueuedMessageState;
  limit: number;
  /** Where the page starts. By default at the beginning. */
  after?: PagePlace | undefined;
}

export interface MessagePage {
  jobs: StoredJob[];
  /** Where the next page starts. Undefined if this page is empty. */
  end: PagePlace | undefined;
}

/**
 * Lists a queue's messages of a state, a page at a time: waiting ones in the order in which they are sent, ended and held
 * ones newest first. Messages that come or go meanwhile do not make it skip others.
 */
export interface MessagePages {
  page(queue: string, request: PageRequest): Promise<MessagePage>;

  /** Returns the position after a message, or undefined if it is not in that state. */
  placeOf(queue: string, state: QueuedMessageState, id: string): Promise<PagePlace | undefined>;
}
