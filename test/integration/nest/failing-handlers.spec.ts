import { afterEach, describe, expect, it } from '@jest/globals';
import { type CanActivate, ForbiddenException, Injectable, UseGuards } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  type ButtonMessage,
  ButtonMessagingService,
  type ButtonReplyEvent,
  OnButtonReply,
  OnMessageStatus,
  OnTextMessage,
} from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport, recordMessages } from '../../../lib/testing/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { REGISTRATIONS } from '../../support/registrations.js';

const question: ButtonMessage = {
  to: '5511999999999',
  text: 'Tomorrow?',
  buttons: [
    { type: 'reply', id: 'yes', title: 'Yes' },
    { type: 'reply', id: 'no', title: 'No' },
  ],
};

@Injectable()
class Deny implements CanActivate {
  canActivate() {
    return false;
  }
}

@Injectable()
class Failing {
  constructor(private readonly messaging: ButtonMessagingService) {}

  @OnButtonReply('yes')
  async confirmed({ button }: ButtonReplyEvent) {
    await Promise.resolve();
    expect(button.title).toBe('No');
  }

  @OnButtonReply('ask')
  async ask() {
    const { button } = await this.messaging.ask(question);
    throw new RangeError(`answered ${button.id}`);
  }

  @OnButtonReply('twice')
  one() {
    throw new RangeError('one');
  }

  @OnButtonReply('twice')
  other() {
    throw new RangeError('other');
  }

  @UseGuards(Deny)
  @OnButtonReply('guarded')
  guarded() {}

  @OnTextMessage()
  typed() {
    throw new RangeError('typed');
  }

  @OnMessageStatus()
  status() {
    throw new RangeError('status');
  }

  @OnButtonReply('fine')
  fine() {}
}

const withButton = (id: string): ButtonMessage => ({ ...question, buttons: [{ type: 'reply', id, title: id }] });

describe('RecordingTransport when a handler throws', () => {
  let module: TestingModule;
  let messaging: ButtonMessagingService;
  let transport: RecordingTransport;
  afterEach(() => module.close());

  const start = async () => {
    const imports = [ButtonMessagingTestingModule.forRoot({ logger: false })];
    module = await Test.createTestingModule({ imports, providers: [Failing] }).compile();
    await module.init();
    [messaging, transport] = [module.get(ButtonMessagingService), module.get(RecordingTransport)];
  };

  it('rejects press() with the error of the handler', async () => {
    await start();
    await messaging.send(question);
    await expect(transport.press('yes')).rejects.toThrow('expect(received).toBe(expected)');
    await messaging.send(withButton('fine'));
    await transport.press('fine');
  });

  it('rejects type() and deliver() with the error of the handler', async () => {
    await start();
    await messaging.send(question);
    await expect(transport.type('something')).rejects.toThrow(new RangeError('typed'));
    await expect(transport.deliver('read')).rejects.toThrow(new RangeError('status'));
  });

  it('rejects press() with an AggregateError if several handlers throw', async () => {
    await start();
    await messaging.send(withButton('twice'));
    const error: unknown = await transport.press('twice').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({
      message: '2 handlers failed: one; other',
      errors: [new RangeError('one'), new RangeError('other')],
    });
  });

  it('rejects the press that resolves ask() if the handler throws after it', async () => {
    await start();
    await messaging.send(withButton('ask'));
    await transport.press('ask');
    await expect(transport.press('no')).rejects.toThrow(new RangeError('answered no'));
  });

  it('rejects a press that the guard of the handler denies', async () => {
    await start();
    await messaging.send(withButton('guarded'));
    await expect(transport.press('guarded')).rejects.toThrow(ForbiddenException);
  });

  it.each(REGISTRATIONS)('rejects press() in an application with %s', async (_name, register) => {
    transport = new RecordingTransport();
    const registration = register({ accounts: [zApiAccount('https://nobody.invalid')], logger: false });
    const builder = Test.createTestingModule({ imports: [registration], providers: [Failing] });
    module = await recordMessages(builder, transport, { logger: false }).compile();
    await module.init();
    await module.get(ButtonMessagingService).send(question);
    await expect(transport.press('yes')).rejects.toThrow('toBe');
  });
});
