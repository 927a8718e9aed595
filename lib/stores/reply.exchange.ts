import type { ButtonReplyEvent } from '../events/messaging-event.interface.js';

/**
 * Brings answers to whoever asked. The one at hand serves one process; a shared one brings an answer from the process
 * that heard it to the process that asked. Injectable: give your own among `extraProviders`.
 */
export abstract class ReplyExchange {
  /** Somebody answered the message of this id (the `id` of its `SentMessage`). */
  abstract publish(sentId: string, reply: ButtonReplyEvent): Promise<void> | void;

  /** Calls the listener with every answer to the message of this id, until the returned function is called. */
  abstract subscribe(sentId: string, listener: (reply: ButtonReplyEvent) => void): () => void;
}
