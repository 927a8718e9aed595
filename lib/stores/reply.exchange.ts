import type { ButtonReplyEvent } from '../events/messaging-event.interface.js';

/**
 * Delivers replies to `ask()`.
 *
 * The default implementation is in memory and per process. `ButtonMessagingQueueModule` provides a shared one. Provide
 * your own through `extraProviders`.
 *
 * @publicApi
 */
export abstract class ReplyExchange {
  /** Publishes a reply to the message with this `SentMessage.id`. */
  abstract publish(sentId: string, reply: ButtonReplyEvent): Promise<void> | void;

  /** Calls the listener for every reply to the message with this `SentMessage.id`. Returns a function that unsubscribes. */
  abstract subscribe(sentId: string, listener: (reply: ButtonReplyEvent) => void): () => void;
}
