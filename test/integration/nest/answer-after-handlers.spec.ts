import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type ButtonReplyEvent, OnButtonReply, OnTextMessage } from '../../../lib/index.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { deferred, until } from '../../support/time.js';
import { PLATFORMS } from '../../support/webhook-app.js';
import { post } from '../../support/webhook-client.js';
import { callback } from '../../support/webhook-requests.js';
import { meta, metaPress, metaText, zPress } from '../webhooks/fixtures.js';
import { type HandlerApp, HandlerApps } from './handler-app.js';

let calls: string[] = [];
let gate = deferred();
beforeEach(() => {
  calls = [];
  gate = deferred();
});
const apps = new HandlerApps();
afterEach(async () => {
  gate.resolve();
  await apps.close();
  jest.useRealTimers();
});

@Injectable()
class Desk {
  @OnButtonReply()
  async reply({ button }: ButtonReplyEvent) {
    calls.push(`begun ${button.id}`);
    await gate.promise;
    calls.push(`ended ${button.id}`);
  }

  @OnButtonReply('fail')
  fails() {
    throw new Error('of the handler');
  }

  @OnTextMessage()
  async text() {
    await gate.promise;
    calls.push('text');
  }
}

const press = (app: HandlerApp, id = 'yes') =>
  post(
    `${app.url}/webhooks/z-api/z`,
    callback('z', zPress({ messageId: id, buttonsResponseMessage: { buttonId: id, message: 'B' } })),
  ).then((answer) => {
    calls.push(`answered ${answer.status}`);
    return answer;
  });

describe.each(PLATFORMS)('answerAfterHandlers on %s', (_name, adapter) => {
  describe.each(REGISTRATIONS)('with %s', (_registration, register) => {
    const start = (answerAfterHandlers?: boolean) => {
      const webhooks = answerAfterHandlers === undefined ? {} : { answerAfterHandlers };
      return apps.start({ adapter, register, providers: [Desk], options: { webhooks } });
    };

    it('responds before the handlers end by default', async () => {
      const app = await start();
      expect((await press(app)).status).toBe(200);
      await until(() => calls.includes('begun yes'));
      expect(calls).not.toContain('ended yes');
      const idle = app.webhooks.idle().then(() => calls.push('idle'));
      gate.resolve();
      await idle;
      expect(calls.slice(-2)).toEqual(['ended yes', 'idle']);
    });

    it('responds after the handlers end if it is true', async () => {
      const app = await start(true);
      const answered = press(app);
      await until(() => calls.includes('begun yes'));
      expect(calls).toEqual(['begun yes']);
      gate.resolve();
      await answered;
      expect(calls).toEqual(['begun yes', 'ended yes', 'answered 200']);
    });
  });

  it('waits for all events of its webhook and for no other webhook', async () => {
    const app = await apps.start({ adapter, providers: [Desk], options: { webhooks: { answerAfterHandlers: true } } });
    const body = meta([metaPress('yes', 'Yes'), { ...metaText('hello'), id: 'wamid.text' }]);
    const other = press(app);
    await until(() => calls.includes('begun yes'));
    const both = post(`${app.url}/webhooks/whatsapp-cloud/w`, callback('w', body));
    const status = post(`${app.url}/webhooks/z-api/z`, callback('z', { type: 'ConnectedCallback', connected: true }));
    expect((await status).status).toBe(200);
    expect(calls.filter((call) => call.startsWith('ended'))).toEqual([]);
    gate.resolve();
    expect((await both).status).toBe(200);
    expect(calls.filter((call) => call === 'text')).toEqual(['text']);
    await other;
  });

  it('responds 200 and logs the handler if a handler fails', async () => {
    gate.resolve();
    const app = await apps.start({ adapter, providers: [Desk], options: { webhooks: { answerAfterHandlers: true } } });
    expect((await press(app, 'fail')).status).toBe(200);
    expect(app.lines).toEqual(['The handler Desk.fails failed on a button-reply event of account z: Error.']);
  });
});

it('answerAfterHandlers waits at most 20 seconds and logs a slower handler', async () => {
  const app = await apps.start({ providers: [Desk], options: { webhooks: { answerAfterHandlers: true } } });
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance', 'queueMicrotask'] });
  const handled = app.webhooks.handle('z-api', 'z', callback('z', zPress({ messageId: 'slow' })));
  while (calls.length === 0) await new Promise((done) => setImmediate(done));
  await jest.advanceTimersByTimeAsync(19_999);
  expect(app.lines).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  await expect(handled).resolves.toEqual({ status: 200 });
  expect(app.lines).toEqual([expect.stringContaining('is acknowledged before its handlers ended')]);
  expect(calls).toEqual(['begun 1']);
});

it('answerAfterHandlers rejects a value that is not a boolean', async () => {
  const options = { webhooks: { answerAfterHandlers: 'yes' as unknown as boolean } };
  await expect(apps.start({ options })).rejects.toThrow(/webhooks\.answerAfterHandlers must/);
});

it('ButtonMessagingWebhooks.idle resolves at once if no handler is running', async () => {
  const app = await apps.start({ providers: [Desk] });
  await app.webhooks.idle();
  expect(calls).toEqual([]);
});
