import type { QueuedMessageState } from '../queued-message.interface.js';
import type { StoredJob } from '../queued-message.mapper.js';

/** A place in a list, behind a message. The message may have left meanwhile. */
export interface PagePlace {
  /** The last messages before it, the nearest last. */
  ids: readonly string[];
  /** What the engine orders by, of the nearest. */
  order: readonly string[];
}

export interface PageRequest {
  state: QueuedMessageState;
  limit: number;
  /** Default: the beginning. */
  after?: PagePlace | undefined;
}

export interface MessagePage {
  jobs: StoredJob[];
  /** Where the next page begins; undefined where there was nothing. */
  end: PagePlace | undefined;
}

/**
 * The messages of a state, a page at a time: what waits in the order of work, what has ended or is held the newest
 * first. What leaves or comes meanwhile makes no other message be passed over.
 */
export interface MessagePages {
  page(request: PageRequest): Promise<MessagePage>;

  /** The place behind a message; undefined where it is not in that state. */
  placeOf(state: QueuedMessageState, id: string): Promise<PagePlace | undefined>;
}
