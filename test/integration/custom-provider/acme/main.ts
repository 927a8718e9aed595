// An application of the package with the provider Acme. It prints what the test compares, as JSON.
import 'reflect-metadata';
import './lib/swagger/index.js';
import { Body, Controller, Injectable, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { AcmeService } from './lib/adapters/acme/acme.service.js';
import { SendChoicesDto } from './lib/adapters/acme/dto/index.js';
import { ButtonMessagingHealthIndicator, ButtonMessagingHealthModule } from './lib/health/index.js';
import {
  type ButtonMessage,
  ButtonMessagingModule,
  ButtonMessagingService,
  type ButtonReplyEvent,
  ConfigurationError,
  OnButtonReply,
} from './lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport } from './lib/testing/index.js';

const MESSAGE: ButtonMessage = {
  to: '+5511999999999',
  text: 'Does ten suit you?',
  buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
};

@Injectable()
class Replies {
  readonly events: Pick<ButtonReplyEvent, 'provider' | 'account' | 'button'>[] = [];

  @OnButtonReply({ provider: 'acme' })
  reply({ provider, account, button }: ButtonReplyEvent): void {
    this.events.push({ provider, account, button });
  }
}

@Controller()
class ChoicesController {
  constructor(private readonly acme: AcmeService) {}

  @Post('choices')
  send(@Body() dto: SendChoicesDto): Promise<unknown> {
    return this.acme.sendChoices(dto);
  }
}

@Module({
  imports: [ButtonMessagingModule.forRoot({ webhooks: { answerAfterHandlers: true } }), ButtonMessagingHealthModule],
  controllers: [ChoicesController],
  providers: [Replies],
})
class AppModule {}

async function runApplication() {
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  const post = async (path: string, body: unknown, key: string) => {
    const headers = { 'Content-Type': 'application/json', 'X-Key': key };
    const { status } = await fetch(`${await app.getUrl()}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return status;
  };
  const { provider, account, messageId = '' } = await app.get(ButtonMessagingService).send(MESSAGE);
  const press = { id: 'REPLY1', of: messageId, from: '5511999999999', choice: { id: 'yes', label: 'Yes' } };
  const webhook = {
    rejected: await post('/webhooks/acme/acme', press, 'wrong'),
    accepted: await post('/webhooks/acme/acme', press, 'webhook-secret'),
  };
  const own = await post('/choices', { to: '5511999999999', text: 'Ten?', choices: [{ id: 'a', label: 'A' }] }, '');
  const { accounts } = (await app.get(ButtonMessagingHealthIndicator).check('messaging')).messaging;
  const { components } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  const { events } = app.get(Replies);
  await app.close();
  return {
    sent: { provider, account, messageId },
    webhook,
    own,
    accounts,
    events,
    schema: components?.schemas?.SendChoicesDto,
  };
}

async function runTestingModule() {
  const imports = [ButtonMessagingTestingModule.forRoot()];
  const module = await Test.createTestingModule({ imports, providers: [Replies] }).compile();
  await module.init();
  await module.get(ButtonMessagingService).send(MESSAGE, { account: 'acme' });
  const transport = module.get(RecordingTransport);
  await transport.press('yes');
  const bodies = transport.sent.map(({ provider, body }) => ({ provider, body }));
  const { events } = module.get(Replies);
  await module.close();
  return { bodies, events };
}

async function issuesOfUnknownOption() {
  const accounts = [{ provider: 'acme' as const, name: 'acme', apiKey: 'key', colour: 'red' }];
  const error = await NestFactory.createApplicationContext(ButtonMessagingModule.forRoot({ accounts }), {
    logger: false,
    abortOnError: false,
  }).catch((caught: unknown) => caught);
  return error instanceof ConfigurationError ? error.issues.map(({ path }) => path) : [];
}

const application = await runApplication();
const testing = await runTestingModule();
console.log(JSON.stringify({ application, testing, issues: await issuesOfUnknownOption() }));
