import { Injectable, Module } from '@nestjs/common';
import {
  type ButtonMessage,
  ButtonMessagingModule,
  ButtonMessagingService,
  type ButtonReplyEvent,
  OnButtonReply,
  SendButtonActionsDto,
  ZApiService,
} from 'nestjs-button-messaging';

@Injectable()
export class AppointmentsService {
  constructor(
    private readonly messaging: ButtonMessagingService,
    private readonly zApi: ZApiService,
  ) {}

  async ask(to: string): Promise<string> {
    const message: ButtonMessage = { to, text: 'Hello', buttons: [{ type: 'reply', id: 'a', title: 'A' }] };
    return (await this.messaging.send(message, { via: ['one', 'two'] })).id;
  }

  async actions(dto: SendButtonActionsDto): Promise<string | undefined> {
    return (await this.zApi.sendButtonActions(dto)).messageId;
  }

  @OnButtonReply('a')
  pressed(reply: ButtonReplyEvent): string {
    return reply.button.title;
  }
}

@Module({ imports: [ButtonMessagingModule.forRoot({ webhooks: {} })], providers: [AppointmentsService] })
export class AppModule {}
