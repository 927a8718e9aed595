import { afterEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ButtonMessagingHealthModule, ButtonMessagingQueueHealthIndicator } from '../../../lib/health/index.js';
import {
  type ButtonMessage,
  ButtonMessagingService,
  type ButtonReplyEvent,
  OnButtonReply,
} from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport } from '../../../lib/testing/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { MOCKERS } from '../../support/mockers.js';
import { REGISTRATIONS } from '../../support/registrations.js';

const message: ButtonMessage = {
  to: '5511999999999',
  text: 'Tomorrow?',
  buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
};

@Injectable()
class Bookings {
  readonly heard: ButtonReplyEvent[] = [];

  constructor(@Inject('Calendar') readonly calendar: unknown) {}

  @OnButtonReply()
  hear(reply: ButtonReplyEvent) {
    this.heard.push(reply);
  }
}

describe.each(MOCKERS)('useMocker with %s', (_name, mocker) => {
  let module: TestingModule | undefined;
  afterEach(() => module?.close());

  it('keeps reply matching and idempotency', async () => {
    const imports = [ButtonMessagingTestingModule.forRoot({ logger: false })];
    module = await Test.createTestingModule({ imports, providers: [Bookings] })
      .useMocker(mocker)
      .compile();
    await module.init();
    const [messaging, transport] = [module.get(ButtonMessagingService), module.get(RecordingTransport)];
    const sent = await messaging.send(message, { idempotencyKey: 'once' });
    expect(await messaging.send(message, { idempotencyKey: 'once' })).toEqual(sent);
    expect(transport.sent).toHaveLength(1);
    await transport.press('yes');
    const { heard, calendar } = module.get(Bookings);
    expect(heard).toMatchObject([{ sent: { id: sent.id }, button: { id: 'yes' } }]);
    expect(calendar).toBeDefined();
  });

  it.each(REGISTRATIONS)('does not replace the stores of %s', async (_how, register) => {
    const server = await FakeProvider.start();
    const options = { accounts: oneOfEach(server.url), defaultAccount: 'zap', logger: false };
    module = await Test.createTestingModule({ imports: [register(options)], providers: [Bookings] })
      .useMocker(mocker)
      .compile();
    await module.init();
    const messaging = module.get(ButtonMessagingService);
    const sent = await messaging.send(message, { idempotencyKey: 'once' });
    expect(await messaging.send(message, { idempotencyKey: 'once' })).toEqual(sent);
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it('reports the missing queue as down', async () => {
    const imports = [ButtonMessagingTestingModule.forRoot({ logger: false }), ButtonMessagingHealthModule];
    module = await Test.createTestingModule({ imports, providers: [Bookings] })
      .useMocker(mocker)
      .compile();
    await module.init();
    const found = await module.get(ButtonMessagingQueueHealthIndicator).check('queue');
    expect(found).toMatchObject({
      queue: { status: 'down', reason: expect.stringContaining('ButtonMessagingQueueModule') },
    });
  });
});
