import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { ChatvoltService, type InboundMessageEvent, OnMessage, ZApiService } from '../../../lib/index.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { until } from '../../support/time.js';
import { WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';

const phone = '5511999999999';
const GROUP = '120363019502650977-group';

@Injectable()
class Votes {
  readonly events: InboundMessageEvent[] = [];

  @OnMessage('poll')
  vote(event: InboundMessageEvent) {
    this.events.push(event);
  }
}

let server: FakeProvider;
const apps = new WebhookApps();
beforeAll(async () => {
  server = await FakeProvider.start();
});
beforeEach(() => void server.reset().always({ body: { zaapId: 'ZAAP1', messageId: 'POLL1', id: 'POLL1' } }));
afterEach(() => apps.close());
afterAll(() => server.close());

const start = () => apps.start({ options: { accounts: webhookAccounts(server.url) }, providers: [Votes] });

/** A vote as in Z-API's documentation. */
function vote(options: string[], more: object = {}): object {
  return {
    isStatusReply: false,
    senderLid: '81896604192873@lid',
    connectedPhone: '554499999999',
    waitingMessage: false,
    isEdit: false,
    isGroup: false,
    messageId: 'VOTE1',
    phone,
    fromMe: false,
    moment: Date.now(),
    status: 'RECEIVED',
    senderName: 'Ana',
    participantPhone: null,
    broadcast: false,
    type: 'ReceivedCallback',
    pollVote: { pollMessageId: 'POLL1', options: options.map((name) => ({ name })) },
    ...more,
  };
}

describe('Votes in a poll of ZApiService.sendPoll', () => {
  const poll = { message: 'Which days?', poll: [{ name: 'Monday' }, { name: 'Tuesday' }] };

  it.each([
    ['one option', ['Monday'], 'Monday'],
    ['several options', ['Monday', 'Tuesday'], 'Monday\nTuesday'],
    ['no option any more', [], undefined],
  ])('become events of the poll with %s', async (_what, options, text) => {
    const app = await start();
    const { messageId } = await app.app.get(ZApiService).sendPoll({ phone, ...poll }, { account: 'z' });
    expect(messageId).toBe('POLL1');
    await app.hear('z', vote(options));
    await until(() => app.app.get(Votes).events.length > 0);
    const [event, ...others] = app.app.get(Votes).events;
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      kind: 'message',
      type: 'poll',
      from: { phone, lid: '81896604192873@lid', name: 'Ana' },
      messageId: 'VOTE1',
      inReplyTo: 'POLL1',
      sent: { account: 'z', messageId: 'POLL1', providerIds: ['POLL1', 'ZAAP1'], to: phone },
    });
    expect(event?.text).toBe(text);
  });

  it('belong to the poll of a group', async () => {
    const app = await start();
    await app.app.get(ZApiService).sendPoll({ phone: GROUP, ...poll }, { account: 'z' });
    await app.hear('z', vote(['Monday'], { isGroup: true, phone: GROUP, participantPhone: phone }));
    await until(() => app.app.get(Votes).events.length > 0);
    expect(app.app.get(Votes).events).toMatchObject([
      { from: { phone, group: GROUP }, inReplyTo: 'POLL1', sent: { to: GROUP } },
    ]);
  });

  it('keep only the ID of a poll that was sent to another person', async () => {
    const app = await start();
    await app.app.get(ZApiService).sendPoll({ phone: '5521988887777', ...poll }, { account: 'z' });
    await app.hear('z', vote(['Monday'], { phone: GROUP, isGroup: true, participantPhone: phone }));
    await until(() => app.app.get(Votes).events.length > 0);
    const [event] = app.app.get(Votes).events;
    expect(event).toMatchObject({ inReplyTo: 'POLL1' });
    expect(event).not.toHaveProperty('sent');
  });
});

describe('Replies to a template of ChatvoltService.sendTemplate', () => {
  it('are matched in the conversation that the template opened', async () => {
    server.always({ body: { id: 'conv-9', channelExternalId: phone, messages: [{ id: 'm-1', from: 'human' }] } });
    const app = await start();
    const template = {
      phoneNumberId: '1001',
      to: phone,
      templateName: 'reminder',
      templateLangCode: 'pt_BR',
      buttons: [{ type: 'quick_reply', value: 'confirm', index: 0 } as const],
    };
    await app.app.get(ChatvoltService).sendTemplate(template, { account: 'c' });
    await app.hear('c', {
      eventType: 'USER_MESSAGE_RECEIVED',
      conversationId: 'conv-9',
      messageId: 'm-2',
      agentId: 'agent-123',
      channel: 'whatsapp',
      userMessage: 'Confirmar',
      buttonId: 'confirm',
    });
    expect(await app.taken('c')).toMatchObject([
      { kind: 'button-reply', button: { id: 'confirm' }, sent: { account: 'c', messageId: 'm-1', to: phone } },
    ]);
  });
});
