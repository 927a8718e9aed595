import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import { SendAbortedError } from '../../errors/outcome.errors.js';
import { ReplyExchange } from '../../stores/reply.exchange.js';
import { ReplyWait } from './reply-wait.js';

/** The waits for answers that are under way. The shutdown ends them all. */
@Injectable()
export class PendingReplies {
  private readonly shutdown = new AbortController();

  constructor(private readonly replies: ReplyExchange) {
    // Every question that waits listens to it: many listeners are no leak here.
    setMaxListeners(0, this.shutdown.signal);
  }

  /** @throws SendAbortedError once the shutdown has begun: nobody would hear the answer. */
  open(): ReplyWait {
    if (this.shutdown.signal.aborted) {
      throw new SendAbortedError('The application is shut down; nothing is asked any more', 'not-sent');
    }
    return new ReplyWait(this.replies, this.shutdown.signal);
  }

  /** Ends all waits, those too whose question is still on its way out. */
  endAll(): void {
    this.shutdown.abort();
  }
}
