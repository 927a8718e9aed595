import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  OnTextMessage,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { outputOf } from '../../support/recording-logger.js';
import { OpenApps } from '../../support/test-app.js';
import { until } from '../../support/time.js';
import { WebhookApps } from '../../support/webhook-app.js';

const message = {
  to: phoneOf(1),
  text: 'Text',
  buttons: [{ type: 'reply' as const, id: 'a', title: 'A' }],
};

/** A logger that records every call unchanged. */
class Given implements LoggerService {
  readonly calls: unknown[][] = [];
  log = (...given: unknown[]) => void this.calls.push(['log', ...given]);
  warn = (...given: unknown[]) => void this.calls.push(['warn', ...given]);
  error = (...given: unknown[]) => void this.calls.push(['error', ...given]);
  debug = (...given: unknown[]) => void this.calls.push(['debug', ...given]);

  /** The objects among the first arguments. */
  get objects(): unknown[] {
    return this.calls.map(([, first]) => first).filter((first) => typeof first === 'object');
  }
}

class Failing {
  @OnTextMessage()
  heard(): void {
    throw new RangeError('5511988880001 said something');
  }
}

describe('structuredLogs', () => {
  const apps = new OpenApps();
  const webhookApps = new WebhookApps();
  let server: FakeProvider;

  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  afterAll(() => server.close());
  afterEach(async () => {
    await apps.close();
    await webhookApps.close();
  });

  async function sendAndFail(options: ButtonMessagingModuleOptions): Promise<string> {
    const { messaging } = await apps.open({
      accounts: [zApiAccount(server.url, { name: 'z' })],
      retry: { attempts: 1 },
      ...options,
    });
    const { messageId } = await messaging.send(message);
    server.next({ status: 400, body: { error: 'Instance not found' } });
    await errorOf(messaging.send(message));
    return messageId ?? '';
  }

  it('passes fields and the context to a custom logger', async () => {
    const logger = new Given();
    const messageId = await sendAndFail({ logger, structuredLogs: true });
    expect(logger.calls).toContainEqual([
      'debug',
      expect.objectContaining({
        message: expect.stringContaining('was accepted after 1 request'),
        account: 'z',
        provider: 'z-api',
        operation: 'send-button-actions',
        outcome: 'accepted',
        messageId,
      }),
      'ButtonMessaging',
    ]);
    expect(logger.calls).toContainEqual([
      'warn',
      expect.objectContaining({
        message: expect.stringContaining('failed (not-sent)'),
        account: 'z',
        provider: 'z-api',
        outcome: 'not-sent',
        code: 'authentication',
        status: 400,
      }),
      'ButtonMessaging',
    ]);
    expect(JSON.stringify(logger.calls)).not.toContain(phoneOf(1));
  });

  it('puts the text under messageKey', async () => {
    const logger = new Given();
    await sendAndFail({ logger, structuredLogs: { messageKey: 'msg' } });
    expect(logger.objects).toContainEqual(expect.objectContaining({ msg: expect.stringContaining('accepted') }));
    expect(logger.objects).not.toContainEqual(expect.objectContaining({ message: expect.anything() }));
  });

  it('is off by default', async () => {
    const logger = new Given();
    await sendAndFail({ logger });
    expect(logger.calls.length).toBeGreaterThan(1);
    expect(logger.objects).toEqual([]);
  });

  it('names the handler that failed without the message of its error', async () => {
    const logger = new Given();
    const options = { logger, structuredLogs: true };
    const app = await webhookApps.start({ options, providers: [Failing] });
    await app.settled('z');
    await until(() => logger.objects.length > 0);
    expect(logger.objects).toContainEqual(
      expect.objectContaining({
        account: 'z',
        provider: 'z-api',
        event: 'text-message',
        handler: 'Failing.heard',
        error: 'RangeError',
      }),
    );
    expect(JSON.stringify(logger.objects)).not.toContain('said something');
  });

  it('adds the fields to the JSON of ConsoleLogger', async () => {
    const output = await outputOf(async () => {
      const app = await Test.createTestingModule({
        imports: [
          ButtonMessagingModule.forRootAsync({
            useFactory: () => ({
              accounts: [zApiAccount(server.url, { name: 'z' })],
              retry: { attempts: 1 },
              structuredLogs: true,
            }),
          }),
        ],
      })
        .setLogger(new ConsoleLogger({ json: true }))
        .compile();
      await app.init();
      server.next({ status: 400, body: { error: 'Instance not found' } });
      await errorOf(app.get(ButtonMessagingService, { strict: false }).send(message));
      await app.close();
    });
    const lines: unknown[] = output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        context: 'ButtonMessaging',
        message: expect.objectContaining({ account: 'z', code: 'authentication', outcome: 'not-sent' }),
      }),
    );
  });

  it.each([1, 'msg', { messageKey: '' }, { key: 'msg' }])('rejects the value %j', async (structuredLogs) => {
    const options: object = { accounts: [zApiAccount(server.url, { name: 'z' })], structuredLogs };
    const registration = ButtonMessagingModule.forRoot(options);
    await expect(Test.createTestingModule({ imports: [registration] }).compile()).rejects.toMatchObject({
      issues: [{ path: 'structuredLogs' }],
    });
  });
});
