import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingEvents, ButtonMessagingModule, ButtonMessagingWebhooks } from '../../../lib/index.js';
import { callback, webhookAccounts } from '../../support/webhook-requests.js';
import { zText } from './fixtures.js';

describe('ButtonMessagingModule in an application without HTTP', () => {
  it('starts with the webhooks option and emits the events of handle()', async () => {
    const module = ButtonMessagingModule.forRoot({ accounts: webhookAccounts(), webhooks: {} });
    const app = await NestFactory.createApplicationContext(module, { logger: false });
    // An error in the search for the adapter is reported by a timer set before this one.
    await new Promise((turn) => setTimeout(turn));
    const heard: unknown[] = [];
    app.get(ButtonMessagingEvents).events$.subscribe((event) => heard.push(event));
    const answer = await app.get(ButtonMessagingWebhooks).handle('z-api', 'z', callback('z', zText('hello')));
    expect(answer).toEqual({ status: 200 });
    await app.close();
    expect(heard).toEqual([expect.objectContaining({ kind: 'text-message', text: 'hello' })]);
  });
});
