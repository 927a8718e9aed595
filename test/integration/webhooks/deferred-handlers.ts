import { Injectable } from '@nestjs/common';
import { type ButtonReplyEvent, OnButtonReply, OnTextMessage, type TextMessageEvent } from '../../../lib/index.js';
import { deferred } from '../../support/time.js';

/** A handler that runs until it is released. */
@Injectable()
export class Holding {
  waiting = 0;
  onEnd: () => void = () => {};
  private readonly gate = deferred();

  release(): void {
    this.gate.resolve();
  }

  @OnButtonReply()
  reply(_event: ButtonReplyEvent) {
    return this.hold();
  }

  @OnTextMessage()
  text({ text }: TextMessageEvent) {
    return text.startsWith('sentinel') ? undefined : this.hold();
  }

  private async hold(): Promise<void> {
    this.waiting += 1;
    await this.gate.promise;
    this.onEnd();
  }
}
