import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ConfigurationError, InvalidMessageError, type Template } from '../../../lib/index.js';
import { cloudAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type ReceivedRequest, respond } from '../../support/fake-provider.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { OpenApps } from '../../support/test-app.js';

const TO = '5511999990001';
const REMINDER: Template = { name: 'reminder', language: 'pt_BR', body: ['Ana'] };
const listed = (more: object = {}) => ({
  name: 'reminder',
  language: 'pt_BR',
  status: 'APPROVED',
  components: [{ type: 'BODY', text: 'Hello {{1}}' }],
  ...more,
});

describe('WhatsAppCloudAccountOptions.checkTemplates', () => {
  const apps = new OpenApps();
  let server: FakeProvider;
  let templates: object[];
  let page: () => object;
  beforeEach(async () => {
    templates = [listed(), listed({ language: 'en', status: 'PAUSED' }), listed({ name: 'reminder_of_payment' })];
    page = () => ({ data: templates });
    server = await FakeProvider.start();
    server.always(({ url }, response) =>
      respond(response, { body: url.includes('message_templates') ? page() : { messages: [{ id: 'M1' }] } }),
    );
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await apps.close();
    await server.close();
  });

  const open = async (more: object = {}, logger: RecordingLogger | false = false) => {
    const accounts = [cloudAccount(server.url, { businessAccountId: '9', checkTemplates: true, ...more })];
    return (await apps.open({ accounts, logger, retry: { attempts: 1 } })).messaging;
  };
  const isList = ({ url }: ReceivedRequest) => url.includes('message_templates');
  const counts = () => ({
    lists: server.requests.filter(isList).length,
    sends: server.requests.filter((request) => !isList(request)).length,
  });
  const issuesOf = async (sending: Promise<unknown>) => {
    const error = await errorOf(sending);
    if (!(error instanceof InvalidMessageError)) throw error;
    return error.issues.map(({ path }) => path);
  };

  it('sends a template that fits, and reads the list of its name once', async () => {
    const messaging = await open();
    await messaging.send({ to: TO, template: REMINDER });
    await messaging.send({ to: TO, template: REMINDER });
    expect(counts()).toEqual({ lists: 1, sends: 2 });
    expect(server.requests[0]?.url).toMatch(/^\/v[\d.]+\/9\/message_templates\?.*\bname=reminder\b/);
  });

  it('reads the list once for templates that are sent at the same time', async () => {
    const messaging = await open();
    await Promise.all(Array.from({ length: 5 }, () => messaging.send({ to: TO, template: REMINDER })));
    expect(counts()).toEqual({ lists: 1, sends: 5 });
  });

  it.each<[what: string, template: Template, path: string]>([
    ['values that do not fit', { ...REMINDER, body: { name: 'Ana' } }, 'template.body'],
    ['an unknown name', { ...REMINDER, name: 'remind' }, 'template.name'],
    ['an unknown language', { ...REMINDER, language: 'es' }, 'template.language'],
    ['a paused template', { ...REMINDER, language: 'en' }, 'template.name'],
  ])('rejects %s before anything is sent', async (_what, template, path) => {
    const messaging = await open();
    expect(await issuesOf(messaging.send({ to: TO, template }))).toEqual([path]);
    expect(counts()).toEqual({ lists: 1, sends: 0 });
  });

  it('reads the list again if a template does not fit an older one', async () => {
    const messaging = await open();
    const changed: Template = { ...REMINDER, body: ['Ana', '10:00'] };
    expect(await issuesOf(messaging.send({ to: TO, template: changed }))).toEqual(['template.body']);
    templates = [listed({ components: [{ type: 'BODY', text: 'Hello {{1}}, at {{2}}' }] })];
    expect(await issuesOf(messaging.send({ to: TO, template: changed }))).toEqual(['template.body']);
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + 31_000);
    await messaging.send({ to: TO, template: changed });
    expect(counts()).toEqual({ lists: 2, sends: 1 });
  });

  it('sends without the check if the list cannot be read, and warns', async () => {
    page = () => ({ error: { code: 200, message: 'No permission' } });
    const logger = new RecordingLogger();
    const messaging = await open({}, logger);
    await messaging.send({ to: TO, template: { ...REMINDER, body: ['one', 'too many'] } });
    expect(counts()).toEqual({ lists: 1, sends: 1 });
    expect(logger.lines.filter((line) => line.includes('Templates are sent without the check'))).toHaveLength(1);
  });

  it('sends without the check if the name may be on a later page', async () => {
    page = () => ({ data: [listed({ name: 'a_reminder' })], paging: { cursors: { after: 'next' } } });
    const messaging = await open();
    await messaging.send({ to: TO, template: REMINDER });
    expect(counts()).toEqual({ lists: 1, sends: 1 });
  });

  it('does not check other messages, or other accounts', async () => {
    const messaging = await open();
    await messaging.send({ to: TO, text: 'Hello' });
    const unchecked = await open({ checkTemplates: undefined });
    await unchecked.send({ to: TO, template: { ...REMINDER, body: ['one', 'too many'] } });
    expect(counts()).toEqual({ lists: 0, sends: 2 });
  });

  it('requires businessAccountId', async () => {
    const error = await errorOf(open({ businessAccountId: undefined }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain('checkTemplates requires businessAccountId');
  });
});
