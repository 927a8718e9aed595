import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import { ReplyTimeoutError, SendAbortedError } from '../../errors/outcome.errors.js';
import { StoreAnswerError } from '../../errors/store-answer.error.js';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import type { SentMessage } from '../../message/sent-message.interface.js';
import { ReplyExchange } from '../../stores/reply.exchange.js';

/** Tracks the waits for replies. The shutdown ends them. */
@Injectable()
export class PendingReplies {
  private readonly shutdown = new AbortController();

  constructor(private readonly replies: ReplyExchange) {
    // Each wait adds a listener, which is not a leak.
    setMaxListeners(0, this.shutdown.signal);
  }

  /** Starts a wait. @throws SendAbortedError after the shutdown has begun. */
  open(): ReplyWait {
    if (this.shutdown.signal.aborted) {
      throw new SendAbortedError('The application is shutting down and sends no more messages', 'not-sent');
    }
    return new ReplyWait(this.replies, this.shutdown.signal);
  }

  /** Ends all waits, including those whose message is being sent. */
  endAll(): void {
    this.shutdown.abort();
  }
}

/** Waits for the first reply to a message. Starts before the message is sent. */
class ReplyWait {
  private readonly cleanups: (() => void)[] = [];
  private readonly reply: Promise<ButtonReplyEvent>;
  private resolve: (reply: ButtonReplyEvent) => void = () => {};

  constructor(
    private readonly replies: ReplyExchange,
    private readonly shutdown: AbortSignal,
  ) {
    this.reply = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /**
   * Subscribes to the replies of a message.
   *
   * @throws StoreAnswerError if the exchange returns no function to unsubscribe.
   */
  listenTo(sentId: string): void {
    const unsubscribe: unknown = this.replies.subscribe(sentId, (reply) => this.resolve(reply));
    if (!isFunction(unsubscribe)) {
      ignoreRejection(unsubscribe);
      throw new StoreAnswerError('ReplyExchange.subscribe', 'a function', unsubscribe);
    }
    this.cleanups.push(() => unsubscribeQuietly(unsubscribe));
  }

  /** Waits for the first reply. @throws ReplyTimeoutError, SendAbortedError. */
  first(
    withinMs: number,
    { provider, account }: SentMessage,
    signal: AbortSignal | undefined,
  ): Promise<ButtonReplyEvent> {
    const details = { provider, account };
    const ends = [signal, this.shutdown].filter((end) => end !== undefined);
    const timeout = new Promise<never>((_resolve, reject) => {
      const onAbort = () => {
        reject(new SendAbortedError('The wait for a reply was aborted. The message was sent', 'unknown', details));
      };
      const timer = setTimeout(
        () => reject(new ReplyTimeoutError(`No reply within ${withinMs} ms`, details)),
        withinMs,
      );
      // The timer must not keep the process alive.
      timer.unref();
      this.cleanups.push(() => clearTimeout(timer));
      for (const end of ends) {
        if (end.aborted) onAbort();
        end.addEventListener('abort', onAbort, { once: true });
        this.cleanups.push(() => end.removeEventListener('abort', onAbort));
      }
    });
    return Promise.race([this.reply, timeout]);
  }

  /** Removes all timers and listeners. */
  end(): void {
    for (const end of this.cleanups) end();
  }
}

// A failure to unsubscribe must not replace the result of the wait.
function unsubscribeQuietly(unsubscribe: () => unknown): void {
  try {
    ignoreRejection(unsubscribe());
  } catch {
    // As if it rejected.
  }
}

/** Ignores a rejection, which would end the process. */
function ignoreRejection(result: unknown): void {
  Promise.resolve(result).catch(() => {});
}

function isFunction(value: unknown): value is () => unknown {
  return typeof value === 'function';
}
