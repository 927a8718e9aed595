import { Injectable } from '@nestjs/common';
import {
  type ButtonReplyEvent,
  type MessageStatusEvent,
  OnButtonReply,
  OnMessageStatus,
} from 'nestjs-button-messaging';
import { Subject } from 'rxjs';

/** Hears what the recipients answer. */
@Injectable()
export class AnswersService {
  readonly replies$ = new Subject<ButtonReplyEvent>();

  @OnButtonReply()
  pressed(reply: ButtonReplyEvent): void {
    this.replies$.next(reply);
  }

  @OnMessageStatus()
  changed({ account, status, messageIds }: MessageStatusEvent): void {
    console.log(`${account}: ${messageIds.join(', ')} ${status}`);
  }
}
