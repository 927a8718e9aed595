import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidMessageError, type Message, type Template, UnsupportedMessageError } from '../../../lib/index.js';
import { chatvoltAccount, oneOfEach } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { IDS, phone } from './button-message.table.js';

const BASE = { name: 'reminder', language: 'pt_BR' };
const link = 'https://example.com/file';
const cloudTemplate = (components: object[]) => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: phone,
  type: 'template',
  template: { name: 'reminder', language: { code: 'pt_BR' }, ...(components.length > 0 && { components }) },
});
const chatvoltTemplate = (fields: object) => ({
  to: phone,
  agentId: 'agent-123',
  templateName: 'reminder',
  templateLangCode: 'pt_BR',
  ...fields,
});

describe('ButtonMessagingService.send for templates', () => {
  let server: FakeProvider;
  let app: TestApp;
  let own: TestApp | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
    const [zap, , meta] = oneOfEach(server.url);
    const volt = chatvoltAccount(server.url, { phoneNumberId: '100/1' });
    const accounts = [zap, volt, meta].flatMap((account) => (account ? [account] : []));
    app = await openAppWithoutRetries({ accounts, defaultAccount: 'meta' });
  });
  beforeEach(() => void server.reset().always({ body: IDS }));
  afterEach(async () => {
    await own?.close();
    own = undefined;
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  it.each<[what: string, more: Partial<Template>, components: object[]]>([
    ['no values', {}, []],
    [
      'positional values',
      { body: ['Ana', '10:00'] },
      [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Ana' },
            { type: 'text', text: '10:00' },
          ],
        },
      ],
    ],
    [
      'named values',
      { header: { text: { clinic: 'Sun' } }, body: { patient: 'Ana' } },
      [
        { type: 'header', parameters: [{ type: 'text', parameter_name: 'clinic', text: 'Sun' }] },
        { type: 'body', parameters: [{ type: 'text', parameter_name: 'patient', text: 'Ana' }] },
      ],
    ],
    ['an image', { header: { image: link } }, [{ type: 'header', parameters: [{ type: 'image', image: { link } }] }]],
    ['a video', { header: { video: link } }, [{ type: 'header', parameters: [{ type: 'video', video: { link } }] }]],
    [
      'a document',
      { header: { document: { link, filename: 'Plan.pdf' } } },
      [{ type: 'header', parameters: [{ type: 'document', document: { link, filename: 'Plan.pdf' } }] }],
    ],
    [
      'buttons of every type',
      {
        buttons: [
          { type: 'reply', index: 0, payload: 'confirm', title: 'Confirmar' },
          { type: 'url', index: 1, suffix: 'a/b' },
          { type: 'copy', index: 2, code: 'SUN10' },
          { type: 'flow', index: 3, token: 'T1', data: { step: 1 } },
        ],
      },
      [
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '0',
          parameters: [{ type: 'payload', payload: 'confirm' }],
        },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'a/b' }] },
        {
          type: 'button',
          sub_type: 'copy_code',
          index: '2',
          parameters: [{ type: 'coupon_code', coupon_code: 'SUN10' }],
        },
        {
          type: 'button',
          sub_type: 'flow',
          index: '3',
          parameters: [{ type: 'action', action: { flow_token: 'T1', flow_action_data: { step: 1 } } }],
        },
      ],
    ],
  ])('sends through the Cloud API with %s', async (_what, more, components) => {
    const sent = await app.messaging.send({ to: phone, template: { ...BASE, ...more } }, { account: 'meta' });
    expect(server.bodies).toEqual([cloudTemplate(components)]);
    expect(server.requests[0]?.url.endsWith('/messages')).toBe(true);
    expect(sent).toMatchObject({ account: 'meta', messageId: 'M1', to: phone });
    expect(sent).not.toHaveProperty('degraded');
  });

  it.each<[what: string, more: Partial<Template>, text: string | undefined, fields: object]>([
    ['no values', {}, undefined, {}],
    [
      'named values and its text',
      { body: { patient: 'Ana', time: '10:00' } },
      'Ana, at 10:00',
      { text: 'Ana, at 10:00', var_patient: 'Ana', var_time: '10:00' },
    ],
    ['a text header', { header: { text: ['Sun'] } }, undefined, { header_type: 'text', header_text: 'Sun' }],
    ['an image', { header: { image: link } }, undefined, { header_type: 'image', header_link: link }],
    ['a video', { header: { video: link } }, undefined, { header_type: 'video', header_link: link }],
    [
      'a document',
      { header: { document: { link, filename: 'Plan.pdf' } } },
      undefined,
      { header_type: 'document', header_link: link, header_filename: 'Plan.pdf' },
    ],
    [
      'buttons of every type',
      {
        buttons: [
          { type: 'reply', index: 0, payload: 'confirm', title: 'Confirmar' },
          { type: 'url', index: 1, suffix: 'a/b' },
          { type: 'copy', index: 2, code: 'SUN10' },
          { type: 'flow', index: 3, token: 'T1' },
        ],
      },
      undefined,
      {
        buttons: [
          { type: 'quick_reply', value: 'confirm', index: 0 },
          { type: 'url', value: 'a/b', index: 1 },
          { type: 'copy_code', value: 'SUN10', index: 2 },
          { type: 'flow', value: 'T1', index: 3 },
        ],
      },
    ],
  ])('sends through Chatvolt with %s', async (_what, more, text, fields) => {
    const template = { ...BASE, ...more };
    const sent = await app.messaging.send(
      { to: phone, template, ...(text !== undefined && { text }) },
      { account: 'volt' },
    );
    expect(server.bodies).toEqual([chatvoltTemplate(fields)]);
    expect(server.requests[0]?.url.endsWith('/whatsapp/100%2F1/template-message')).toBe(true);
    expect(sent).toMatchObject({ account: 'volt', to: phone });
  });

  it.each<[account: string, what: string, given: Message, reason: RegExp]>([
    ['zap', 'any template', { to: phone, template: BASE }, /templates/],
    ['volt', 'positional values', { to: phone, template: { ...BASE, body: ['Ana'] } }, /named values/],
    ['volt', 'two values in the header', { to: phone, template: { ...BASE, header: { text: ['a', 'b'] } } }, /header/],
    [
      'volt',
      'the data of a flow',
      { to: phone, template: { ...BASE, buttons: [{ type: 'flow', index: 0, data: {} }] } },
      /flow/,
    ],
    ['volt', 'a value without a name', { to: phone, template: { ...BASE, body: { '': 'Ana' } } }, /var_ is unknown/],
    ['volt', 'a conversation', { to: { conversation: 'conv-1' }, template: BASE }, /phone numbers/],
    ['meta', 'a group', { to: { group: '120363019502650977-group' }, template: BASE }, /phone numbers/],
  ])('throws UnsupportedMessageError from %s for %s', async (account, _what, given, reason) => {
    const error = await errorOf(app.messaging.send(given, { account }));
    expect(error).toBeInstanceOf(UnsupportedMessageError);
    expect((error as UnsupportedMessageError).reasons.join('; ')).toMatch(reason);
    expect(server.requests).toEqual([]);
  });

  it('requires agentId and phoneNumberId of a Chatvolt account', async () => {
    const { agentId: _, ...account } = chatvoltAccount(server.url);
    own = await openAppWithoutRetries({ accounts: [account] });
    const error = await errorOf(own.messaging.send({ to: phone, template: BASE }));
    expect((error as UnsupportedMessageError).reasons.join('; ')).toMatch(/agentId.*phoneNumberId/);
  });

  it.each<[what: string, template: object, path: string]>([
    ['no name', { language: 'pt_BR' }, 'template.name'],
    ['no language', { name: 'reminder' }, 'template.language'],
    ['an empty value', { ...BASE, body: ['Ana', ''] }, 'template.body[1]'],
    ['a value that is a number', { ...BASE, body: { time: 10 } }, 'template.body.time'],
    ['no values in the body', { ...BASE, body: [] }, 'template.body'],
    ['a body that is a text', { ...BASE, body: 'Ana' }, 'template.body'],
    ['two headers', { ...BASE, header: { text: ['a'], image: link } }, 'template.header'],
    ['an image that is no URL', { ...BASE, header: { image: 'x' } }, 'template.header.image'],
    ['an unknown button', { ...BASE, buttons: [{ type: 'buy', index: 0 }] }, 'template.buttons[0].type'],
    ['a reply without payload', { ...BASE, buttons: [{ type: 'reply', index: 0 }] }, 'template.buttons[0].payload'],
    ['an index of 10', { ...BASE, buttons: [{ type: 'url', index: 10, suffix: 'x' }] }, 'template.buttons[0].index'],
    [
      'two buttons with one index',
      {
        ...BASE,
        buttons: [
          { type: 'url', index: 0, suffix: 'x' },
          { type: 'reply', index: 0, payload: 'y' },
        ],
      },
      'template.buttons[1].index',
    ],
    [
      'a long code',
      { ...BASE, buttons: [{ type: 'copy', index: 0, code: 'x'.repeat(16) }] },
      'template.buttons[0].code',
    ],
    ['an unknown field', { ...BASE, namespace: 'x' }, 'template.namespace'],
  ])('rejects a template with %s by its path', async (_what, template, path) => {
    const error = await errorOf(app.messaging.send(untyped({ to: phone, template })));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect((error as InvalidMessageError).issues.map((issue) => issue.path)).toEqual([path]);
    expect(server.requests).toEqual([]);
  });

  it('sends the text of a template if the account has no templates', async () => {
    const options = { account: 'zap', fallback: 'text' } as const;
    const sent = await app.messaging.send({ to: phone, template: BASE, text: 'See you tomorrow' }, options);
    expect(sent).toMatchObject({ degraded: 'text' });
    expect(server.bodies).toEqual([{ phone, message: 'See you tomorrow' }]);
    const error = await errorOf(app.messaging.send({ to: phone, template: BASE }, options));
    expect((error as UnsupportedMessageError).reasons.join('; ')).toMatch(/text of a template/);
  });

  it('returns from carriers() which accounts have templates', async () => {
    const carriers = await app.messaging.carriers({ to: phone, template: { ...BASE, body: { patient: 'Ana' } } });
    expect(carriers.map(({ account, as }) => [account, as])).toEqual([
      ['zap', undefined],
      ['volt', 'template'],
      ['meta', 'template'],
    ]);
  });
});
