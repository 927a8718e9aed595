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
import { ButtonMessagingHealthIndicator, ButtonMessagingHealthModule } from 'nestjs-button-messaging/health';
import { ButtonMessagingQueue, ButtonMessagingQueueModule } from 'nestjs-button-messaging/queue';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { ButtonMessagingTestingModule } from 'nestjs-button-messaging/testing';
import 'nestjs-button-messaging/swagger';

@Injectable()
export class AppointmentsService {
  constructor(
    private readonly messaging: ButtonMessagingService,
    private readonly zApi: ZApiService,
    private readonly queue: ButtonMessagingQueue,
    private readonly health: ButtonMessagingHealthIndicator,
  ) {}

  async ask(to: string): Promise<string> {
    const message: ButtonMessage = { to, text: 'Hello', buttons: [{ type: 'reply', id: 'a', title: 'A' }] };
    return (await this.messaging.send(message, { via: ['one', 'two'] })).id;
  }

  async askMany(messages: ButtonMessage[]): Promise<string[]> {
    const ids: string[] = [];
    for await (const result of this.messaging.sendMany(messages)) {
      ids.push(result.error ? result.error.code : result.sent.id);
    }
    for await (const { id, error } of this.queue.enqueueMany(messages)) ids.push(error ? error.code : id);
    return ids;
  }

  async actions(dto: SendButtonActionsDto): Promise<string | undefined> {
    await this.health.check('messaging');
    await this.zApi.sendText({ phone: dto.phone, message: 'Hello' });
    return (await this.zApi.sendButtonActions(dto)).messageId;
  }

  @OnButtonReply('a')
  pressed(reply: ButtonReplyEvent): string {
    return reply.button.title;
  }
}

@Module({
  imports: [
    ButtonMessagingModule.forRoot({ webhooks: {} }),
    ButtonMessagingQueueModule.forRoot({ engine: { kind: 'redis', connection: { host: '127.0.0.1' } } }),
    ButtonMessagingHealthModule,
  ],
  providers: [AppointmentsService],
})
export class AppModule {}

export const simulator = GatewaySimulator.start({ port: 0 });
export const testing = ButtonMessagingTestingModule.forRoot();
