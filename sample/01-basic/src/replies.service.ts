import { Injectable } from '@nestjs/common';
import {
  type ButtonReplyEvent,
  type MessageStatusEvent,
  OnButtonReply,
  OnMessageStatus,
} from 'nestjs-button-messaging';
import { Subject } from 'rxjs';

/** Receives the replies and statuses of the messages that were sent. */
@Injectable()
export class RepliesService {
  readonly replies$ = new Subject<ButtonReplyEvent>();

  @OnButtonReply()
  onReply(reply: ButtonReplyEvent): void {
    this.replies$.next(reply);
  }

  @OnMessageStatus()
  onStatus({ account, status, messageIds }: MessageStatusEvent): void {
    console.log(`${account}: ${messageIds.join(', ')} ${status}`);
  }
}
