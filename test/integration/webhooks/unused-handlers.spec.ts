import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { type ButtonMessagingModuleOptions, OnButtonReply } from '../../../lib/index.js';
import { ButtonMessagingTestingModule } from '../../../lib/testing/index.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { openAppWithoutRetries } from '../../support/test-app.js';
import { Heard, WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';

@Injectable()
class Appointments {
  @OnButtonReply('confirm')
  @OnButtonReply('reschedule')
  answered() {}
}

describe.each(REGISTRATIONS)('Warning about unused handlers with %s', (_name, register) => {
  const { start, close } = new WebhookApps();
  let logger: RecordingLogger;
  beforeEach(() => {
    logger = new RecordingLogger();
  });
  afterEach(close);
  const startHearing = (options: ButtonMessagingModuleOptions, providers: (typeof Appointments)[] = []) =>
    start({ register, options: { logger, ...options }, providers });

  it('says what to do if the webhooks option is missing', async () => {
    await startHearing({}, [Appointments]);
    const names = 'Heard.reply, Heard.status, Heard.connection, and 2 more';
    expect(logger.lines).toEqual([
      `Handlers ${names} will never be called: webhooks are disabled. ` +
        'Set `webhooks: {}` in ButtonMessagingModule.forRoot(), ' +
        'or `webhooks: false` if you call ButtonMessagingWebhooks.handle() yourself',
    ]);
  });

  it.each([{ webhooks: {} }, { webhooks: { path: 'in' } }, { webhooks: false as const }])(
    'is not logged with %j',
    async (options) => {
      await startHearing(options);
      expect(logger.lines).toEqual([]);
    },
  );

  it('is not logged without handlers', async () => {
    const app = await openAppWithoutRetries({ accounts: webhookAccounts(), logger }, { register });
    await app.close();
    expect(logger.lines).toEqual([]);
  });
});

it('logs no warning about unused handlers in ButtonMessagingTestingModule', async () => {
  const logger = new RecordingLogger();
  const imports = [ButtonMessagingTestingModule.forRoot({ logger })];
  const module = await Test.createTestingModule({ imports, providers: [Heard] }).compile();
  await module.init();
  await module.close();
  expect(logger.lines).toEqual([]);
});
