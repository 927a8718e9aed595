import { afterEach, describe, expect, it } from '@jest/globals';
import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { Test, type TestingModule, type TestingModuleBuilder } from '@nestjs/testing';
import {
  type ButtonMessage,
  ButtonMessagingModule,
  ButtonMessagingService,
  OnButtonReply,
} from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport, recordMessages } from '../../../lib/testing/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { REGISTRATIONS } from '../../support/registrations.js';

@Injectable()
class GreetingService {
  readonly pressed: string[] = [];

  constructor(private readonly messaging: ButtonMessagingService) {}

  greet() {
    const message: ButtonMessage = {
      to: '5511999999999',
      text: 'Hello',
      buttons: [{ type: 'reply', id: 'hi', title: 'Hi' }],
    };
    return this.messaging.send(message);
  }

  @OnButtonReply()
  press({ button }: { button: { id: string } }) {
    this.pressed.push(button.id);
  }
}

/** Builds an application that registers the module in an imported module. */
function appWith(registration: DynamicModule) {
  @Module({ imports: [registration], providers: [GreetingService], exports: [GreetingService] })
  class MessagesModule {}

  @Module({ imports: [MessagesModule] })
  class AppModule {}

  return { AppModule, MessagesModule };
}

const accounts = [zApiAccount('https://nobody.invalid')];

describe('Recording the messages of an existing application', () => {
  let module: TestingModule | undefined;
  afterEach(async () => {
    await module?.close();
    module = undefined;
  });

  const works = async (builder: TestingModuleBuilder, given?: RecordingTransport) => {
    module = await builder.compile();
    await module.init();
    const transport: RecordingTransport = given ?? module.get(RecordingTransport, { strict: false });
    const greeting = module.get(GreetingService, { strict: false });
    await greeting.greet();
    await transport.press('hi');
    expect(transport.sent).toMatchObject([{ endpoint: 'send-button-actions', message: { text: 'Hello' } }]);
    expect(greeting.pressed).toEqual(['hi']);
    return transport;
  };

  it.each(REGISTRATIONS)('replaces the transport of a module registered with %s', async (_name, register) => {
    const { AppModule } = appWith(register({ accounts }));
    const transport = new RecordingTransport();
    await works(recordMessages(Test.createTestingModule({ imports: [AppModule] }), transport), transport);
    expect(transport.sent[0]?.account).toBe('z-api');
  });

  it.each([
    ['the environment', ButtonMessagingModule.forRoot()],
    [
      'a factory that cannot run here',
      ButtonMessagingModule.forRootAsync({ useFactory: () => Promise.reject(new Error()) }),
    ],
  ])('replaces the accounts of %s, which are not read', async (_name, registration) => {
    const { AppModule } = appWith(registration);
    const transport = new RecordingTransport();
    await works(recordMessages(Test.createTestingModule({ imports: [AppModule] }), transport), transport);
  });

  it('uses the accounts that the test passes', async () => {
    const { AppModule } = appWith(ButtonMessagingModule.forRoot());
    const transport = new RecordingTransport();
    const builder = Test.createTestingModule({ imports: [AppModule] });
    await works(recordMessages(builder, transport, { accounts }), transport);
    expect(transport.sent[0]?.account).toBe('zap');
  });

  it('records after overrideModule replaces the registration', async () => {
    const registration = ButtonMessagingModule.forRoot({ accounts });
    const { AppModule } = appWith(registration);
    const builder = Test.createTestingModule({ imports: [AppModule] });
    await works(builder.overrideModule(registration).useModule(ButtonMessagingTestingModule.forRoot()));
  });

  it('records after overrideModule replaces the module that registers it', async () => {
    @Module({ imports: [ButtonMessagingModule.forRoot({ accounts, isGlobal: true })] })
    class MessagingModule {}

    @Module({ imports: [MessagingModule], providers: [GreetingService] })
    class AppModule {}

    const builder = Test.createTestingModule({ imports: [AppModule] });
    const replacement = ButtonMessagingTestingModule.forRoot({ isGlobal: true });
    await works(builder.overrideModule(MessagingModule).useModule(replacement));
  });
});
