import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { validateSync } from 'class-validator';
import { CloudCarouselActionDto, WhatsAppCloudService } from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport } from '../../../lib/testing/index.js';
import { cloudAccount } from '../../support/accounts.js';
import { CLOUD_MESSAGES } from '../../support/cloud-messages.js';
import { invalidPaths } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { type Method, methodOf, withChange } from '../../support/provider-messages.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { Heard } from '../../support/webhook-app.js';

type CloudMethod = keyof typeof CLOUD_MESSAGES;
type Change = Record<string, unknown>;

const METHODS = Object.keys(CLOUD_MESSAGES) as CloudMethod[];
const SENT = { body: { contacts: [{ wa_id: '5511999999999' }], messages: [{ id: 'wamid.9' }] } };
const CARD = 'interactive.action.cards[0]';
const COMPONENT = 'template.components[0]';
const FLOW = 'interactive.action.parameters';
const long = (length: number) => 'x'.repeat(length);

/** The `type` of each message: that of its content, or `interactive`. */
function typeOf(method: CloudMethod): string {
  const [, content = ''] = Object.keys(CLOUD_MESSAGES[method]);
  return content;
}

const link = { action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com' } } };
const card = (index: number) => ({ card_index: index, header: { type: 'image', image: { id: '1' } }, ...link });

const ACCEPTED: [method: Method, change: Change][] = [
  ['cloudCarousel', { 'interactive.action.cards': [card(0), card(1)] }],
  [
    'cloudCarousel',
    {
      'interactive.action.cards': [0, 1].map((index) => ({
        card_index: index,
        type: 'product',
        action: { product_retailer_id: `p${index}`, catalog_id: 'c' },
      })),
    },
  ],
  ['cloudFlow', { [FLOW]: { flow_message_version: '3', flow_name: 'booking', flow_cta: long(30) } }],
  ['cloudVoiceCall', { 'interactive.action': { name: 'voice_call' } }],
  ['cloudCallPermissionRequest', { 'interactive.body': undefined }],
  ['cloudTemplate', { 'template.components': undefined }],
  ['cloudTemplate', { [COMPONENT]: { type: 'header', parameters: [{ type: 'video', video: { id: '1' } }] } }],
  [
    'cloudTemplate',
    { [COMPONENT]: { type: 'header', parameters: [{ type: 'document', document: { id: '1', filename: 'a.pdf' } }] } },
  ],
  [
    'cloudTemplate',
    {
      [COMPONENT]: { type: 'header', parameters: [{ type: 'location', location: { latitude: '0', longitude: 180 } }] },
    },
  ],
  [
    'cloudTemplate',
    {
      [COMPONENT]: {
        type: 'order_status',
        parameters: [{ type: 'order_status', order_status: { reference_id: 'a', order: { status: 'shipped' } } }],
      },
    },
  ],
  [
    'cloudTemplate',
    {
      'template.components[3].parameters': [{ type: 'text', text: 'x' }],
      'template.components[4].sub_type': 'QUICK_REPLY',
    },
  ],
  ['cloudTemplate', { 'template.components[3].parameters': undefined }],
  ['cloudFlow', { [`${FLOW}.flow_action_payload.data`]: { none: null, count: 1, list: ['a'], empty: {} } }],
  ['cloudImage', { image: { id: '1', caption: long(1_024) } }],
  ['cloudReaction', { 'reaction.emoji': '' }],
];

const REJECTED: [method: Method, change: Change, paths: string[]][] = [
  ['cloudFlow', { [`${FLOW}.flow_name`]: 'both' }, [FLOW]],
  ['cloudFlow', { [`${FLOW}.flow_id`]: undefined }, [FLOW]],
  ['cloudFlow', { [`${FLOW}.flow_cta`]: long(31) }, [`${FLOW}.flow_cta`]],
  ['cloudFlow', { [`${FLOW}.flow_message_version`]: 3 }, [`${FLOW}.flow_message_version`]],
  ['cloudFlow', { [`${FLOW}.flow_action_payload.data`]: 'x' }, [`${FLOW}.flow_action_payload.data`]],
  ['cloudFlow', { [`${FLOW}.flow_action_payload.data`]: { 'a\0': 1 } }, [`${FLOW}.flow_action_payload.data`]],
  ['cloudFlow', { [`${FLOW}.flow_action_payload.data`]: { a: ['\0'] } }, [`${FLOW}.flow_action_payload.data.a[0]`]],
  ['cloudCarousel', { 'interactive.action.cards': [card(0)] }, ['interactive.action.cards']],
  ['cloudCarousel', { 'interactive.action.cards': 'cards' }, ['interactive.action.cards']],
  [
    'cloudCarousel',
    { 'interactive.action.cards': [null, { card_index: 1, action: null }] },
    ['interactive.action.cards[0]', 'interactive.action.cards[1].action'],
  ],
  [
    'cloudCarousel',
    { 'interactive.action.cards': Array.from({ length: 11 }, (_, index) => card(index)) },
    ['interactive.action.cards'],
  ],
  ['cloudCarousel', { 'interactive.action.cards': [card(0), card(0)] }, ['interactive.action.cards[1].card_index']],
  ['cloudCarousel', { [`${CARD}.action`]: link.action }, ['interactive.action.cards[1].action']],
  ['cloudCarousel', { [`${CARD}.action.product_retailer_id`]: 'p' }, [`${CARD}.action`]],
  ['cloudCarousel', { [`${CARD}.header.image.id`]: '1' }, [`${CARD}.header.image`]],
  ['cloudCarousel', { [`${CARD}.body.text`]: long(161) }, [`${CARD}.body.text`]],
  ['cloudCarousel', { [`${CARD}.card_index`]: 10 }, [`${CARD}.card_index`]],
  ['cloudLocationRequest', { 'interactive.action.name': 'request_contact_info' }, ['interactive.action.name']],
  ['cloudVoiceCall', { [`${FLOW}.ttl_minutes`]: 43_201 }, [`${FLOW}.ttl_minutes`]],
  ['cloudVoiceCall', { [`${FLOW}.payload`]: long(513) }, [`${FLOW}.payload`]],
  ['cloudTemplate', { 'template.language.code': '' }, ['template.language.code']],
  ['cloudTemplate', { [`${COMPONENT}.type`]: 'footer' }, [`${COMPONENT}.type`]],
  ['cloudTemplate', { [`${COMPONENT}.index`]: '0' }, [`${COMPONENT}.index`]],
  ['cloudTemplate', { 'template.components[3].index': 10 }, ['template.components[3].index']],
  ['cloudTemplate', { [`${COMPONENT}.parameters[0].image`]: undefined }, [`${COMPONENT}.parameters[0].image`]],
  ['cloudTemplate', { [`${COMPONENT}.parameters[0].text`]: 'x' }, [`${COMPONENT}.parameters[0].text`]],
  [
    'cloudTemplate',
    { 'template.components[5].parameters[0].coupon_code': long(16) },
    ['template.components[5].parameters[0].coupon_code'],
  ],
  ['cloudImage', { 'image.id': '1' }, ['image']],
  ['cloudImage', { image: {} }, ['image']],
  ['cloudImage', { 'image.caption': long(1_025) }, ['image.caption']],
  ['cloudImage', { 'image.link': 'ftp://example.com' }, ['image.link']],
  ['cloudAudio', { 'audio.caption': 'x' }, ['audio.caption']],
  ['cloudAudio', { 'audio.voice': 'yes' }, ['audio.voice']],
  ['cloudSticker', { 'sticker.caption': 'x' }, ['sticker.caption']],
  ['cloudLocation', { 'location.latitude': 91 }, ['location.latitude']],
  ['cloudLocation', { 'location.longitude': '1e2' }, ['location.longitude']],
  ['cloudLocation', { 'location.longitude': Number.NaN }, ['location.longitude']],
  ['cloudContacts', { contacts: [] }, ['contacts']],
  ['cloudContacts', { 'contacts[0].name.formatted_name': '' }, ['contacts[0].name.formatted_name']],
  ['cloudReaction', { 'reaction.emoji': 5 }, ['reaction.emoji']],
];

describe('WhatsAppCloudService', () => {
  let server: FakeProvider;
  let app: TestApp;
  beforeAll(async () => {
    server = await FakeProvider.start();
    app = await openAppWithoutRetries({ accounts: [cloudAccount(server.url)] });
  });
  beforeEach(() => void server.reset().always(SENT));
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  it.each(METHODS)('%s posts its content in the envelope of a message', async (method) => {
    const { to, ...content } = structuredClone(CLOUD_MESSAGES[method]);
    expect(await methodOf(app, method)({ to, ...content })).toEqual({ messageId: 'wamid.9', waId: '5511999999999' });
    const addressee = method === 'cloudContactRequest' ? { recipient: to } : { to };
    expect(server.requests).toMatchObject([{ method: 'POST', url: '/v26.0/1055/messages' }]);
    expect(server.bodies).toEqual([
      { messaging_product: 'whatsapp', recipient_type: 'individual', ...addressee, type: typeOf(method), ...content },
    ]);
  });

  it.each(ACCEPTED)('%s accepts %j', async (method, change) => {
    await methodOf(app, method)(withChange(CLOUD_MESSAGES[method as CloudMethod], change));
    expect(server.requests).toHaveLength(1);
  });

  it.each(REJECTED)('%s rejects %j', async (method, change, paths) => {
    expect(
      await invalidPaths(methodOf(app, method)(withChange(CLOUD_MESSAGES[method as CloudMethod], change))),
    ).toEqual(paths);
    expect(server.requests).toEqual([]);
  });

  it('rejects cards that are not a list in the ValidationPipe of Nest, too', () => {
    const action = Object.assign(new CloudCarouselActionDto(), { cards: 'cards' });
    expect(validateSync(action)).toMatchObject([{ property: 'cards', constraints: { isList: expect.any(String) } }]);
  });

  it('rejects a cyclic object instead of failing to serialize it', async () => {
    const data: Record<string, unknown> = {};
    data.self = data;
    const message = structuredClone(CLOUD_MESSAGES.cloudFlow) as unknown as Record<string, never>;
    Object.assign(message, {
      interactive: {
        ...CLOUD_MESSAGES.cloudFlow.interactive,
        action: {
          name: 'flow',
          parameters: {
            ...CLOUD_MESSAGES.cloudFlow.interactive.action.parameters,
            flow_action_payload: { screen: 'A', data },
          },
        },
      },
    });
    const [path, ...others] = await invalidPaths(methodOf(app, 'cloudFlow')(message));
    expect(path).toMatch(/data(\.self){32}$/);
    expect(others).toEqual([]);
  });
});

describe('RecordingTransport with WhatsAppCloudService', () => {
  it.each<[method: CloudMethod, ids: string[]]>([
    ['cloudCarousel', ['small', 'large']],
    ['cloudTemplate', ['more', 'card-0']],
    ['cloudImage', []],
  ])('records the buttons of %s, and their presses find the message', async (method, ids) => {
    const imports = [ButtonMessagingTestingModule.forRoot({ logger: false })];
    const module = await Test.createTestingModule({ imports, providers: [Heard] }).compile();
    await module.init();
    const transport = module.get(RecordingTransport);
    const service: object = module.get(WhatsAppCloudService);
    const send: unknown = Reflect.get(service, method.replace('cloud', 'send'));
    if (typeof send !== 'function') throw new Error(`There is no ${method}`);
    await send.call(service, structuredClone(CLOUD_MESSAGES[method]));
    expect(transport.sent).toMatchObject([{ endpoint: 'messages', body: { type: typeOf(method) } }]);
    expect(transport.sent[0]?.buttons.map(({ id }) => id)).toEqual(ids);
    for (const id of ids) await transport.press(id);
    const { messageId } = transport.sent[0] ?? {};
    expect(module.get(Heard).events).toMatchObject(ids.map((id) => ({ button: { id }, sent: { messageId } })));
    await module.close();
  });

  it('answers uploads, deletions, lists and subscriptions, and records no message', async () => {
    const imports = [ButtonMessagingTestingModule.forRoot({ logger: false })];
    const module = await Test.createTestingModule({ imports }).compile();
    await module.init();
    const service = module.get(WhatsAppCloudService);
    expect(await service.uploadMedia({ file: Buffer.from('x'), mimeType: 'text/plain' })).toEqual({
      mediaId: 'media-1',
    });
    await service.deleteMedia('media-1');
    await service.subscribe({ url: 'https://example.com' });
    expect(await service.listTemplates()).toEqual([]);
    expect(module.get(RecordingTransport).sent).toEqual([]);
    await module.close();
  });
});
