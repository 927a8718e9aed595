import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AuthenticationError,
  ButtonMessagingValidationPipe,
  type ChatvoltAccountOptions,
  ChatvoltTemplateDto,
  InvalidMessageError,
  type Plain,
  ProviderRejectedError,
  ProviderUnavailableError,
  UnknownOutcomeError,
} from '../../../lib/index.js';
import { chatvoltAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf, invalidPaths } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { OpenApps } from '../../support/test-app.js';

const phone = '5511999999999';
const BASE = { to: '+55 (11) 99999-9999', templateName: 'reminder', templateLangCode: 'pt_BR' };
const SENT = { to: phone, agentId: 'agent-123', templateName: 'reminder', templateLangCode: 'pt_BR' };
const OPENED = { id: 'conv-9', channel: 'whatsapp', channelExternalId: phone };
const record = (id: string, day: number) => ({ id, createdAt: `2026-11-0${day}T10:00:00.000Z`, from: 'human' });

let server: FakeProvider;
const apps = new OpenApps();
const open = (more: Partial<ChatvoltAccountOptions> = { phoneNumberId: '1001' }) =>
  apps.open({ accounts: [chatvoltAccount(server.url, more)], retry: { attempts: 2, baseDelayMs: 1 } });
beforeAll(async () => {
  server = await FakeProvider.start();
});
beforeEach(() => void server.reset().always({ body: { ...OPENED, messages: [record('m-1', 1)] } }));
afterEach(() => apps.close());
afterAll(() => server.close());

describe('ChatvoltService.sendTemplate', () => {
  it.each<[what: string, dto: Plain<ChatvoltTemplateDto>, path: string, body: object]>([
    ['the account’s number and agent', BASE, '/whatsapp/1001/template-message', SENT],
    [
      'its own number and agent',
      { ...BASE, phoneNumberId: '20/02', agentId: 'agent-2' },
      '/whatsapp/20%2F02/template-message',
      { ...SENT, agentId: 'agent-2' },
    ],
    [
      'every field',
      {
        ...BASE,
        text: 'Ana, at 10:00',
        var_patient: 'Ana',
        var_1: '10:00',
        header_type: 'document',
        header_link: 'https://example.com/plan.pdf',
        header_filename: 'Plan.pdf',
        buttons: [
          { type: 'quick_reply', value: 'confirm', index: 0 },
          { type: 'flow', value: '', index: 1 },
          { type: 'catalog', index: 2 },
        ],
        hasButtonVariables: true,
        contactName: 'Ana',
        conversationStatus: 'HUMAN_REQUESTED',
        defaultStatus: 'UNRESOLVED',
        defaultAssigneeId: 'user-1',
        crmScenarioId: 'scenario-1',
        crmStepId: 'step-1',
      },
      '/whatsapp/1001/template-message',
      {
        ...SENT,
        text: 'Ana, at 10:00',
        var_patient: 'Ana',
        var_1: '10:00',
        header_type: 'document',
        header_link: 'https://example.com/plan.pdf',
        header_filename: 'Plan.pdf',
        buttons: [
          { type: 'quick_reply', value: 'confirm', index: 0 },
          { type: 'flow', value: '', index: 1 },
          { type: 'catalog', index: 2 },
        ],
        hasButtonVariables: true,
        contactName: 'Ana',
        conversationStatus: 'HUMAN_REQUESTED',
        defaultStatus: 'UNRESOLVED',
        defaultAssigneeId: 'user-1',
        crmScenarioId: 'scenario-1',
        crmStepId: 'step-1',
      },
    ],
  ])('posts a template with %s', async (_what, dto, path, body) => {
    const { chatvolt } = await open();
    await chatvolt.sendTemplate(dto);
    expect(server.requests).toMatchObject([{ method: 'POST', url: path }]);
    expect(server.bodies).toEqual([body]);
  });

  it.each<[what: string, body: object, ids: object]>([
    ['the only message', { ...OPENED, messages: [record('m-1', 1)] }, { messageId: 'm-1', conversationId: 'conv-9' }],
    [
      'the newest message',
      { ...OPENED, messages: [record('m-1', 1), record('m-2', 3)] },
      { messageId: 'm-2', conversationId: 'conv-9' },
    ],
    ['no message', OPENED, { conversationId: 'conv-9' }],
  ])('returns the conversation and the ID of %s', async (_what, body, ids) => {
    server.always({ body });
    const { chatvolt } = await open();
    expect(await chatvolt.sendTemplate(BASE)).toEqual({ ...ids, raw: body });
  });

  it('reports every missing field of the template and the account', async () => {
    const { agentId: _, ...account } = chatvoltAccount(server.url);
    const { chatvolt } = await apps.open({ accounts: [account] });
    const error = await errorOf(chatvolt.sendTemplate(untyped({ to: phone, templateName: 'reminder' })));
    expect(error).toBeInstanceOf(InvalidMessageError);
    const issues = (error as InvalidMessageError).issues.map(({ path, rule }) => [path, rule]);
    expect(issues).toEqual([
      ['templateLangCode', 'isText'],
      ['agentId', 'isAgent'],
      ['phoneNumberId', 'isPhoneNumberId'],
    ]);
    expect(server.requests).toEqual([]);
  });

  it('takes a body that ButtonMessagingValidationPipe accepted', () => {
    const pipe = new ButtonMessagingValidationPipe();
    const body = { ...BASE, var_patient: 'Ana' };
    const transform = (value: object) => pipe.transform(value, { type: 'body', metatype: ChatvoltTemplateDto });
    expect(transform(body)).toBe(body);
    expect(() => transform({ ...body, var_time: 10 })).toThrow('var_time must be a non-empty string');
    expect(() => transform({ ...body, patient: 'Ana' })).toThrow('patient is unknown');
  });

  it('adds the default country to the phone number', async () => {
    const accounts = [chatvoltAccount(server.url, { phoneNumberId: '1001' })];
    const { chatvolt } = await apps.open({ accounts, defaultCountry: 'BR' });
    await chatvolt.sendTemplate({ ...BASE, to: '(11) 99999-9999' });
    expect(server.bodies).toEqual([SENT]);
  });

  it('never repeats a template that may have been sent', async () => {
    server.always({ status: 500, body: { error: 'Internal Server Error' } });
    const { chatvolt } = await open();
    expect(await errorOf(chatvolt.sendTemplate(BASE))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(1);
  });

  it('sends a template once per idempotency key', async () => {
    const { chatvolt } = await open();
    const results = [
      await chatvolt.sendTemplate(BASE, { idempotencyKey: 'k' }),
      await chatvolt.sendTemplate(BASE, { idempotencyKey: 'k' }),
    ];
    expect(results[1]).toEqual(results[0]);
    expect(server.requests).toHaveLength(1);
  });
});

describe('ChatvoltService.listTemplates', () => {
  const template = { id: 7, name: 'reminder', language: 'pt_BR', status: 'APPROVED', category: 'UTILITY' };
  const components = [{ type: 'BODY', text: 'Hi {{name}}' }];
  const read = { ...template, id: '7' };

  it.each<[what: string, body: unknown, expected: object[]]>([
    ['an array', [{ ...template, components }], [{ ...read, components, raw: { ...template, components } }]],
    ['templates', { templates: [template] }, [{ ...read, components: [], raw: template }]],
    ['data', { data: [{ name: 'a' }], paging: {} }, [{ name: 'a', components: [], raw: { name: 'a' } }]],
    [
      'entries without a name',
      [null, {}, { name: '' }, 'x', { name: 'a' }],
      [{ name: 'a', components: [], raw: { name: 'a' } }],
    ],
    ['an empty list', [], []],
  ])('reads %s', async (_what, body, expected) => {
    server.always({ body });
    const { chatvolt } = await open();
    expect(await chatvolt.listTemplates()).toEqual(expected);
    expect(server.requests).toMatchObject([{ method: 'GET', url: '/whatsapp/templates?agentId=agent-123', body: '' }]);
  });

  it('reads the templates of another agent', async () => {
    server.always({ body: [] });
    const { chatvolt } = await open();
    await chatvolt.listTemplates({ account: 'volt', agentId: 'agent 2' });
    expect(server.requests[0]?.url).toBe('/whatsapp/templates?agentId=agent+2');
  });

  it.each([{ body: {} }, { body: { templates: 'none' } }, { body: 'text' }])('throws for %j', async (response) => {
    server.always(response);
    const { chatvolt } = await open();
    expect(await errorOf(chatvolt.listTemplates())).toBeInstanceOf(ProviderUnavailableError);
  });

  it('throws the rejection of Chatvolt', async () => {
    server.always({ status: 401, body: { error: 'UNAUTHORIZED' } });
    const { chatvolt } = await open();
    expect(await errorOf(chatvolt.listTemplates())).toBeInstanceOf(AuthenticationError);
  });

  it('requires an agent', async () => {
    const { agentId: _, ...account } = chatvoltAccount(server.url);
    const { chatvolt } = await apps.open({ accounts: [account] });
    expect(await invalidPaths(chatvolt.listTemplates())).toEqual(['agentId']);
    expect(server.requests).toEqual([]);
  });
});

describe('ChatvoltService.setAiEnabled', () => {
  it.each([true, false])('sets it to %s', async (enabled) => {
    server.always({ body: { success: true } });
    const { chatvolt } = await open();
    await expect(chatvolt.setAiEnabled({ conversationId: 'conv/1', enabled })).resolves.toBeUndefined();
    expect(server.requests).toMatchObject([{ method: 'POST', url: '/conversations/conv%2F1/set-ai-enabled' }]);
    expect(server.bodies).toEqual([{ enabled }]);
  });

  it('repeats a failed request, because it changes nothing more', async () => {
    server.next({ status: 502 }).always({ body: { success: true } });
    const { chatvolt } = await open();
    await chatvolt.setAiEnabled({ conversationId: 'conv-1', enabled: false });
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    { status: 400, body: { error: 'invalid' } },
    { status: 200, body: { success: false, error: 'invalid' } },
  ])('throws the rejection in %j', async (response) => {
    server.always(response);
    const { chatvolt } = await open();
    const error = await errorOf(chatvolt.setAiEnabled({ conversationId: 'conv-1', enabled: true }));
    expect(error).toBeInstanceOf(ProviderRejectedError);
  });

  it.each([
    [{ conversationId: '..', enabled: true }, ['conversationId']],
    [{ conversationId: 'c', enabled: 'no' }, ['enabled']],
    [undefined, ['']],
  ])('rejects %j before any request', async (dto, paths) => {
    const { chatvolt } = await open();
    expect(await invalidPaths(chatvolt.setAiEnabled(untyped(dto)))).toEqual(paths);
    expect(server.requests).toEqual([]);
  });
});
