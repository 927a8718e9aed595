import { EventEmitter } from 'node:events';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import { ReplyExchange } from '../reply.exchange.js';

/** Delivers replies within one process. @publicApi */
export class MemoryReplyExchange extends ReplyExchange {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  override publish(sentId: string, reply: ButtonReplyEvent): void {
    this.emitter.emit(sentId, reply);
  }

  override subscribe(sentId: string, listener: (reply: ButtonReplyEvent) => void): () => void {
    this.emitter.on(sentId, listener);
    return () => this.emitter.off(sentId, listener);
  }
}
