import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { RateLimitedError } from 'nestjs-button-messaging';
import { RecordingTransport, recordMessages } from 'nestjs-button-messaging/testing';
import { AppModule } from './app.module.js';

describe('POST /appointments/:phone/reminder', () => {
  let app: INestApplication;
  let transport: RecordingTransport;
  let url: string;

  beforeEach(async () => {
    transport = new RecordingTransport();
    const builder = Test.createTestingModule({ imports: [AppModule] });
    const module = await recordMessages(builder, transport).compile();
    app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    url = `${await app.getUrl()}/appointments/5511999999999/reminder`;
  });

  afterEach(() => app.close());

  it('sends the reminder', async () => {
    const response = await fetch(url, { method: 'POST' });

    expect(response.status).toBe(202);
    expect(transport.sent).toMatchObject([
      {
        account: 'z-api',
        endpoint: 'send-button-actions',
        body: { phone: '5511999999999', buttonActions: [{ id: 'slot-10' }, { id: 'reschedule' }] },
      },
    ]);
  });

  it('asks to come back later when the provider does', async () => {
    transport.failNext(new RateLimitedError('Too many', { retryAfterMs: 30_000 }));
    const response = await fetch(url, { method: 'POST' });

    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('30');
    expect(transport.sent).toEqual([]);
  });
});
