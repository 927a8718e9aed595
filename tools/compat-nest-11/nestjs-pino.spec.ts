import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger, LoggerModule, PinoLogger } from 'nestjs-pino';
import { ButtonMessagingModule, ButtonMessagingService, OnTextMessage, pinoRedaction } from '../../lib/index.js';
import { deferred, until } from '../../test/support/time.js';
import { PLATFORMS } from '../../test/support/webhook-app.js';
import { webhookAccounts } from '../../test/support/webhook-requests.js';

// nestjs-pino does not support Nest 12 yet.
describe('nestjs-pino with pinoRedaction', () => {
  const closing = [];
  let text = '';
  // nestjs-pino keeps its first stream for the whole process.
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  beforeEach(() => {
    text = '';
  });
  afterEach(() => Promise.all(closing.splice(0).map((app) => app.close())));

  it.each(PLATFORMS)('logs no secret of a webhook on %s', async (_, platform) => {
    const handled = deferred();

    class Answers {
      constructor(logger) {
        this.logger = logger;
      }

      heard() {
        // A handler runs in the context of its webhook.
        this.logger.info('heard');
        handled.resolve();
      }
    }
    Injectable()(Answers);
    Reflect.defineMetadata('design:paramtypes', [PinoLogger], Answers);
    OnTextMessage()(Answers.prototype, 'heard', Object.getOwnPropertyDescriptor(Answers.prototype, 'heard'));

    class AppModule {}
    Module({
      imports: [
        LoggerModule.forRoot({ pinoHttp: { redact: pinoRedaction(), stream } }),
        ButtonMessagingModule.forRoot({ accounts: webhookAccounts(), webhooks: {} }),
      ],
      providers: [Answers],
    })(AppModule);

    const app = await NestFactory.create(AppModule, platform(), { bufferLogs: true });
    closing.push(app);
    app.useLogger(app.get(Logger));
    await app.listen(0, '127.0.0.1');
    const callback = { type: 'ReceivedCallback', messageId: 'm', phone: '5511988880001', text: { message: 'Hi' } };
    const address = `${await app.getUrl()}/webhooks/z-api/z?webhook-secret=z-secret-new`;
    const { status } = await fetch(address, {
      method: 'POST',
      headers: { 'z-api-token': 'token-of-z-5d2c', 'content-type': 'application/json' },
      body: JSON.stringify({ ...callback, instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244', momment: 1, fromMe: false }),
    });
    expect(status).toBe(200);
    await handled.promise;
    await until(() => text.includes('"msg":"heard"') && text.includes('request completed'));
    expect(text).not.toContain('token-of-z-5d2c');
    expect(text).not.toContain('z-secret-new');
    expect(text).toContain('webhook-secret=[redacted]');
  });

  it('logs the fields of an entry, and its text as msg', async () => {
    class AppModule {}
    Module({
      imports: [
        LoggerModule.forRoot({ pinoHttp: { stream } }),
        ButtonMessagingModule.forRoot({
          // No server listens on this port.
          accounts: webhookAccounts('http://127.0.0.1:9'),
          defaultAccount: 'z',
          retry: { attempts: 1 },
          structuredLogs: { messageKey: 'msg' },
        }),
      ],
    })(AppModule);
    const app = await NestFactory.createApplicationContext(AppModule, { bufferLogs: true });
    closing.push(app);
    app.useLogger(app.get(Logger));
    const buttons = [{ type: 'reply', id: 'a', title: 'A' }];
    const sending = app.get(ButtonMessagingService).send({ to: '5511988880001', text: 'Hi', buttons });
    await expect(sending).rejects.toMatchObject({ code: 'provider-unavailable' });
    const lines = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 40,
        context: 'ButtonMessaging',
        account: 'z',
        provider: 'z-api',
        code: 'provider-unavailable',
        outcome: 'not-sent',
        msg: expect.stringContaining('failed (not-sent)'),
      }),
    );
  });
});
