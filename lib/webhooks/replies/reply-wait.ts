import { ReplyTimeoutError, SendAbortedError } from '../../errors/outcome.errors.js';
import { StoreAnswerError } from '../../errors/store-answer.error.js';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import type { SentMessage } from '../../message/sent-message.interface.js';
import type { ReplyExchange } from '../../stores/reply.exchange.js';

/** Waits for the first answer to a message, from before it is sent. */
export class ReplyWait {
  private readonly endings: (() => void)[] = [];
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

  /** Takes answers to the message of this id. @throws StoreAnswerError where the exchange gives no way to end it. */
  listenTo(sentId: string): void {
    const unsubscribe: unknown = this.replies.subscribe(sentId, (reply) => this.resolve(reply));
    if (!isEnding(unsubscribe)) {
      onReply(unsubscribe);
      throw new StoreAnswerError('ReplyExchange.subscribe', 'a function', unsubscribe);
    }
    this.endings.push(() => endQuietly(unsubscribe));
  }

  /** @throws ReplyTimeoutError, SendAbortedError. */
  first(
    withinMs: number,
    { provider, account }: SentMessage,
    signal: AbortSignal | undefined,
  ): Promise<ButtonReplyEvent> {
    const details = { provider, account };
    const ends = [signal, this.shutdown].filter((end) => end !== undefined);
    const patience = new Promise<never>((_resolve, reject) => {
      const onAbort = () => {
        reject(new SendAbortedError('The wait for an answer was aborted; the message was sent', 'unknown', details));
      };
      const timer = setTimeout(
        () => reject(new ReplyTimeoutError(`Nobody answered within ${withinMs} ms`, details)),
        withinMs,
      );
      // It must not keep a process alive whose application has ended.
      timer.unref();
      this.endings.push(() => clearTimeout(timer));
      for (const end of ends) {
        if (end.aborted) onAbort();
        end.addEventListener('abort', onAbort, { once: true });
        this.endings.push(() => end.removeEventListener('abort', onAbort));
      }
    });
    return Promise.race([this.reply, patience]);
  }

  /** Leaves no timer and no listener behind. */
  end(): void {
    for (const end of this.endings) end();
  }
}

// The answer is there, or the wait is over: an exchange that cannot unsubscribe must not hide which.
function endQuietly(unsubscribe: () => unknown): void {
  try {
    onReply(unsubscribe());
  } catch {
    // As where it rejects.
  }
}

/** A rejection that nobody hears would end the process. */
function onReply(result: unknown): void {
  Promise.resolve(result).catch(() => {});
}

function isEnding(value: unknown): value is () => unknown {
  return typeof value === 'function';
}
