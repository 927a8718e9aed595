import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filter, firstValueFrom } from 'rxjs';
import { buttonActions, cloud, cloudAccount, cloudButtons, zApi } from './clients.js';
import { type Field, sendButtons, startField } from './field.js';

describe('GatewaySimulator callbacks', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());
  const nextWebhook = () => firstValueFrom(field.simulator.events$.pipe(filter(({ kind }) => kind === 'webhook')));

  it('posts callbacks before the response to their own send', async () => {
    const { simulator, app } = field;
    const press = { kind: 'press', button: 'Yes' } as const;
    simulator.callBack('z-api', [{ kind: 'deliver', status: 'delivered' }, press], { when: 'before-answer' });
    const heard: string[] = [];
    simulator.events$.subscribe(({ kind }) => {
      if (kind === 'webhook' || kind === 'answered') heard.push(kind);
    });
    const reply = await zApi(simulator, 'send-button-actions', buttonActions);
    expect(heard.slice(0, 2)).toEqual(['webhook', 'webhook']);
    const { id } = simulator.messages().at(-1) ?? {};
    expect(reply.json).toMatchObject({ messageId: id });
    expect(field.bodies()).toMatchObject([
      { type: 'MessageStatusCallback', ids: [id] },
      { buttonsResponseMessage: { buttonId: 'yes' }, referenceMessageId: id },
    ]);
    await zApi(simulator, 'send-button-actions', buttonActions);
    expect(app.received).toHaveLength(2);
  });

  it('posts callbacks even when the response is never sent', async () => {
    const { simulator } = field;
    simulator.callBack('z-api', [{ kind: 'press', button: 0 }], { when: 'before-answer' });
    simulator.fail('z-api', 'drop-after-accepting');
    await expect(zApi(simulator, 'send-button-actions', buttonActions)).rejects.toThrow();
    expect(field.bodies()).toMatchObject([{ buttonsResponseMessage: { buttonId: 'yes' } }]);
  });

  it('posts no callback for a message that was not accepted', async () => {
    const { simulator, app } = field;
    simulator.callBack('z-api', [{ kind: 'echo' }], { when: 'before-answer' });
    simulator.fail('z-api', 'unavailable');
    expect((await zApi(simulator, 'send-button-actions', buttonActions)).status).toBe(503);
    expect(app.received).toHaveLength(0);
    expect((await zApi(simulator, 'send-button-actions', buttonActions)).status).toBe(200);
    expect(field.bodies()).toMatchObject([{ fromApi: true }]);
  });

  it('responds to the send when no webhook URL is set', async () => {
    const { simulator } = field;
    simulator.webhooks(undefined);
    simulator.callBack('z-api', [{ kind: 'type', text: 'Hi' }], { when: 'before-answer' });
    expect((await zApi(simulator, 'send-button-actions', buttonActions)).status).toBe(200);
    expect(simulator.messages().at(-1)?.answers).toMatchObject([{ kind: 'text', text: 'Hi' }]);
  });

  it.each([
    ['z-api', { type: 'DeliveryCallback', error: 'Whatsapp rejected sending this message' }],
    ['whatsapp-cloud', { object: 'whatsapp_business_account' }],
  ] as const)('fails every message of a restricted %s account until it is healed', async (account, told) => {
    const { simulator, app } = field;
    simulator.shadowBan(account);
    for (const count of [1, 2]) {
      const heard = nextWebhook();
      const message = await sendButtons(simulator, account);
      await heard;
      expect(app.received).toHaveLength(count);
      expect(app.last().json).toMatchObject(told);
      expect(simulator.messages().at(-1)).toMatchObject({ id: message.id, status: 'failed' });
    }
    if (account === 'whatsapp-cloud') expect(JSON.stringify(app.last().json)).toContain('131031');
    simulator.heal(account);
    await sendButtons(simulator, account);
    expect(simulator.messages().at(-1)?.status).toBe('accepted');
  });

  it('posts the shadow ban reason that the test passes', async () => {
    const { simulator, app } = field;
    simulator.shadowBan('z-api', { text: 'The message was not sent due to a likely shadow ban', code: 'SHADOW_BAN' });
    const heard = nextWebhook();
    await sendButtons(simulator, 'z-api');
    await heard;
    expect(app.last().json).toMatchObject({
      errorCode: 'SHADOW_BAN',
      error: expect.stringContaining('likely shadow ban'),
    });
  });

  it('restricts one account only', async () => {
    const { simulator, app } = field;
    simulator.addAccount({ provider: 'z-api', name: 'branch' });
    simulator.shadowBan('branch');
    await sendButtons(simulator, 'z-api');
    expect(app.received).toHaveLength(0);
    expect(() => simulator.shadowBan('nowhere')).toThrow('no account named "nowhere"');
    expect(() => simulator.callBack('z-api', [], { times: 0 })).toThrow(RangeError);
  });

  it('repeats a callback with exactly the same bytes', async () => {
    const { simulator, app } = field;
    const message = await sendButtons(simulator, 'whatsapp-cloud');
    await simulator.press(message.id, 'yes', { times: 3 });
    expect(app.received).toHaveLength(3);
    const [first, ...others] = app.received;
    for (const other of others) {
      expect(other.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
      expect(other.headers['x-hub-signature-256']).toBe(first?.headers['x-hub-signature-256']);
    }
    await expect(simulator.type(message.id, 'x', { times: 0 })).rejects.toThrow(RangeError);
  });

  it('compresses a callback with gzip: true', async () => {
    const { simulator, app } = field;
    const message = await sendButtons(simulator, 'z-api');
    const answer = await simulator.type(message.id, 'Hello', { gzip: true });
    expect(app.last().headers['content-encoding']).toBe('gzip');
    expect(app.last().json).toMatchObject({ text: { message: 'Hello' } });
    expect(JSON.parse(answer.posted)).toEqual(app.last().json);
  });

  it('posts a burst of texts, each in its own request', async () => {
    const { simulator } = field;
    const answers = await simulator.burst('whatsapp-cloud', { from: '5511988880001' }, ['one', 'two', 'three']);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const told = JSON.stringify(field.bodies());
    for (const word of ['one', 'two', 'three']) expect(told).toContain(`"body":"${word}"`);
  });

  it('posts a burst in one Cloud API body, each text with its fields', async () => {
    const { simulator, app } = field;
    const options = { together: true, fields: { tomorrow: 1 } };
    const answers = await simulator.burst('whatsapp-cloud', { from: '5511988880001' }, ['one', 'two'], options);
    expect(answers).toHaveLength(1);
    expect(app.received).toHaveLength(1);
    expect(app.last().json).toMatchObject({
      entry: ['one', 'two'].map((body) => ({ changes: [{ value: { messages: [{ text: { body }, tomorrow: 1 }] } }] })),
    });
    const alone = simulator.burst('z-api', { from: '5511988880001' }, ['one', 'two'], { together: true });
    await expect(alone).rejects.toThrow('several events in one body');
  });

  it('posts any body, signed', async () => {
    const { simulator, app } = field;
    await simulator.postWebhook('whatsapp-cloud', { object: 'whatsapp_business_account', entry: [] });
    expect(app.last().json).toEqual({ object: 'whatsapp_business_account', entry: [] });
    expect(app.last().headers['x-hub-signature-256']).toMatch(/^sha256=/);
    await expect(simulator.postWebhook('nowhere', {})).rejects.toThrow('no account named "nowhere"');
  });

  it('matches a Brazilian number with and without its ninth digit', async () => {
    const { simulator, app } = field;
    simulator.addPerson({ phone: '551188880001', name: 'Ana' });
    const path = `${cloudAccount(simulator).phoneNumberId}/messages`;
    const reply = await cloud(simulator, path, { ...cloudButtons, to: '5511988880001' });
    expect(reply.json).toMatchObject({ contacts: [{ input: '5511988880001', wa_id: '551188880001' }] });
    await simulator.press(simulator.messages().at(-1)?.id ?? '', 'yes');
    expect(JSON.stringify(app.last().json)).toContain('"from":"551188880001"');
  });

  it('merges the people of one phone number and lid', async () => {
    const { simulator, app } = field;
    simulator.addPerson({ phone: '5511988880001', name: 'Ana' });
    simulator.addPerson({ lid: '81000000000011@lid', userId: 'BR.1A' });
    expect(simulator.people()).toHaveLength(2);
    simulator.addPerson({ phone: '5511988880001', lid: '81000000000011@lid' });
    expect(simulator.people()).toEqual([
      { phone: '5511988880001', lid: '81000000000011@lid', userId: 'BR.1A', name: 'Ana', shows: 'number' },
    ]);
    await simulator.write('whatsapp-cloud', { from: { userId: 'BR.1A' }, type: 'text', text: 'Hello' });
    expect(JSON.stringify(app.last().json)).toContain('"from":"5511988880001","from_user_id":"BR.1A"');
  });

  it.each([
    [{ name: 'Ana' }, 'must have a phone, a lid or a userId'],
    [{ phone: '+55 11' }, 'phone must contain digits only'],
    [{ lid: '81' }, 'lid must end with @lid'],
    [{ userId: '1A' }, 'userId must have the format'],
  ])('rejects the person %j', (person, words) => {
    expect(() => field.simulator.addPerson(person)).toThrow(words);
    expect(field.simulator.people()).toEqual([]);
  });
});
