import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import { SendAbortedError } from '../../errors/outcome.errors.js';
import { ReplyExchange } from '../../stores/reply.exchange.js';
import { ReplyWait } from './reply-wait.js';

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
