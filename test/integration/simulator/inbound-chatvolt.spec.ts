import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chatvolt, chatvoltAccount } from './clients.js';
import { type Field, sendButtons, startField } from './field.js';

describe('GatewaySimulator.write for Chatvolt', () => {
  let field: Field;
  beforeAll(async () => {
    field = await startField();
  });
  afterAll(() => field.close());
  const body = () => field.app.last().json;

  it('opens a conversation for the first message of a person', async () => {
    const { simulator } = field;
    await simulator.write('chatvolt', { from: '5511988880001', type: 'text', text: 'Hello' });
    const [opened] = simulator.conversations();
    expect(opened).toMatchObject({ channel: 'whatsapp', channelExternalId: '5511988880001', isGroup: false });
    expect(body()).toMatchObject({
      eventType: 'USER_MESSAGE_RECEIVED',
      conversationId: opened?.id,
      agentId: chatvoltAccount(simulator).agentId,
      channel: 'whatsapp',
      userPhone: '5511988880001',
      userMessage: 'Hello',
    });
    await simulator.write('chatvolt', { from: '5511988880001', type: 'text', text: 'Again' });
    expect(body()).toMatchObject({ conversationId: opened?.id });
  });

  it('says in messages whether the AI replies', async () => {
    const { simulator } = field;
    const hello = { from: '5511988880009', type: 'text', text: 'Hello' } as const;
    await simulator.write('chatvolt', hello);
    expect(body()).toMatchObject({ isAiEnabled: false });
    const id = simulator.conversations()[0]?.id;
    for (const enabled of [true, false]) {
      const reply = await chatvolt(simulator, `conversations/${id}/set-ai-enabled`, { enabled });
      expect(reply).toMatchObject({ status: 200, json: { success: true } });
      await simulator.write('chatvolt', hello);
      expect(body()).toMatchObject({ conversationId: id, isAiEnabled: enabled });
    }
  });

  it('posts messages of groups and of other channels', async () => {
    const { simulator } = field;
    const hello = { from: '5511988880001', type: 'text', text: 'Sales' } as const;
    await simulator.write('chatvolt', { ...hello, group: '120363019502650977@g.us' });
    expect(body()).toMatchObject({ eventType: 'GROUP_MESSAGE_RECEIVED', userMessage: 'Sales' });
    const group = simulator.conversations()[0];
    expect(group).toMatchObject({ isGroup: true, channelExternalId: '120363019502650977@g.us' });
    await simulator.write('chatvolt', { ...hello, channel: 'website' });
    expect(body()).toMatchObject({ channel: 'website', conversationId: expect.not.stringMatching(group?.id ?? '') });
    expect(body()).not.toHaveProperty('userPhone');
  });

  it('omits userPhone when the person hides the phone number', async () => {
    const from = { phone: '5511988880005', shows: 'ids' } as const;
    await field.simulator.write('chatvolt', { from, type: 'text', text: 'Hello' });
    expect(body()).not.toHaveProperty('userPhone');
    expect(body()).toMatchObject({ userName: expect.any(String), userMessage: 'Hello' });
  });

  it('joins the messages of a burst with a blank line', async () => {
    const { simulator, app } = field;
    const before = app.received.length;
    const answers = await simulator.burst('chatvolt', { from: '5511988880001' }, ['1', 'thank you']);
    expect(answers).toHaveLength(1);
    expect(app.received).toHaveLength(before + 1);
    expect(body()).toMatchObject({ userMessage: '1\n\nthank you' });
  });

  it('posts other event types, agents and unknown fields', async () => {
    const hello = { from: '5511988880001', type: 'text', text: 'Hello' } as const;
    const fields = { eventType: 'AGENT_USER_MESSAGE', agentResponse: 'Hi', tomorrow: 1 };
    await field.simulator.write('chatvolt', hello, { fields, heardBy: 'another-agent' });
    expect(body()).toMatchObject({ ...fields, agentId: 'another-agent' });
  });

  it('posts only the caption of a file, and rejects reactions', async () => {
    await field.simulator.write('chatvolt', { from: '5511988880001', type: 'image', caption: 'This one' });
    expect(body()).toMatchObject({ userMessage: 'This one' });
    const reaction = { from: '5511988880001', type: 'reaction', of: 'x', emoji: '👍' } as const;
    await expect(field.simulator.write('chatvolt', reaction)).rejects.toThrow('Chatvolt documents no callback');
  });

  it('posts events for noted and sent messages', async () => {
    const { simulator } = field;
    const message = await sendButtons(simulator, 'chatvolt');
    await simulator.deliver(message.id, 'failed', { text: '', code: 'AGENT_MESSAGE_NOTED' });
    expect(body()).toMatchObject({ eventType: 'AGENT_MESSAGE_NOTED', messageId: message.id });
    await simulator.echo(message.id);
    expect(body()).toMatchObject({
      eventType: 'AGENT_MESSAGE_SENDED',
      messageId: message.id,
      agentResponse: message.text,
    });
  });

  it('lists received and sent messages in the conversation', async () => {
    const { simulator } = field;
    const { id } = simulator.openConversation('5511988880006');
    await simulator.write('chatvolt', { from: '5511988880006', type: 'text', text: 'Hello' });
    await chatvolt(simulator, `conversation/message/conversationId/${id}`, { message: 'Good morning' });
    const listed = await chatvolt(simulator, `conversation/${id}/messages/10`);
    expect(listed.json).toEqual([
      expect.objectContaining({ from: 'user', text: 'Hello', contactId: expect.any(String) }),
      expect.objectContaining({ from: 'human', text: 'Good morning', contactId: null, visitorId: null, userId: null }),
    ]);
    expect((await chatvolt(simulator, `conversation/${id}/messages/1`)).json).toHaveLength(1);
    const sent = simulator.messages().at(-1)?.id ?? '';
    expect((await chatvolt(simulator, `messages/${sent}`)).json).toMatchObject({ id: sent, conversationId: id });
    expect(await chatvolt(simulator, 'messages/nothing')).toMatchObject({ status: 404 });
  });
});
