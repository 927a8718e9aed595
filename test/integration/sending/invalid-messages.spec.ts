import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidMessageError } from '../../../lib/index.js';
import { chatvoltAccount, oneOfEach } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf, invalidPaths } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { BASES, type Method, methodOf, withChange } from '../../support/provider-messages.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { A, action, CLOUD, GONE, long, many, TABLE } from './invalid-messages.table.js';

describe('Invalid messages', () => {
  let server: FakeProvider;
  let app: TestApp;
  let own: TestApp | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
    app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), defaultAccount: 'zap' });
  });
  beforeEach(() => void server.reset());
  afterEach(async () => {
    await own?.close();
    own = undefined;
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  it.each(TABLE)('rejects %s with %j', async (method, change, paths) => {
    expect(await invalidPaths(methodOf(app, method)(withChange(BASES[method], change)))).toEqual(paths);
    expect(server.requests).toEqual([]);
  });

  describe.each(Object.keys(BASES) as Method[])('%s', (method) => {
    it('accepts a valid message', async () => {
      if (/^(send(Reply|Cta|List)|cloud)/.test(method))
        server.always({ body: { messages: [{ id: 'M' }], messageId: 'M' } });
      await methodOf(app, method)(structuredClone(BASES[method]));
      expect(server.requests).toHaveLength(1);
    });

    it.each([null, undefined, 'text', 5, [], true])('rejects %j as a message', async (value) => {
      expect(await invalidPaths(methodOf(app, method)(value))).toEqual(['']);
      expect(server.requests).toEqual([]);
    });

    it.each(['__proto__', 'constructor', 'toString'])('rejects %s as an unknown field', async (name) => {
      const text = JSON.stringify(BASES[method]).replace('{', `{${JSON.stringify(name)}:{"polluted":true},`);
      expect(await invalidPaths(methodOf(app, method)(JSON.parse(text)))).toEqual([name]);
      expect(server.requests).toEqual([]);
      expect({}).not.toHaveProperty('polluted');
    });

    it('either succeeds or throws InvalidMessageError for any JSON', async () => {
      server.always({ body: { messages: [{ id: 'M' }], messageId: 'M' } });
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), fc.constantFrom(...Object.keys(BASES[method])), async (value, field) => {
          for (const body of [value, { ...BASES[method], [field]: value }]) {
            try {
              await methodOf(app, method)(body);
            } catch (error) {
              expect(error).toBeInstanceOf(InvalidMessageError);
              expect((error as InvalidMessageError).issues.length).toBeGreaterThan(0);
            }
          }
        }),
        { numRuns: 25 },
      );
    });
  });

  it.each([[[{ toString: null }]], [{ toString: null, valueOf: 1 }], [{ toJSON: 5 }]])(
    'rejects the agentId %j in sendButtons, sendCta and sendLists',
    async (agentId) => {
      for (const method of ['sendButtons', 'sendCta', 'sendLists'] as const) {
        expect(await invalidPaths(methodOf(app, method)({ ...BASES[method], agentId }))).toEqual(['agentId']);
      }
    },
  );

  it('reports rule and path of each issue, never the value', async () => {
    const error = await errorOf(methodOf(app, 'sendText')({ phone: 'CANARY', message: 'Hi', extra: 'CANARY' }));
    expect(untyped<InvalidMessageError>(error).issues).toHaveLength(2);
    for (const issue of untyped<InvalidMessageError>(error).issues) {
      expect(issue).toEqual({
        path: expect.any(String),
        rule: expect.stringMatching(/./),
        message: expect.stringContaining(issue.path),
      });
    }
    expect(JSON.stringify(error) + error.message).not.toContain('CANARY');
    expect(error).toMatchObject({ code: 'invalid-message', outcome: 'not-sent', retryable: false });
  });

  it('requires an agentId in sendButtons when the account has none', async () => {
    const { agentId: _, ...account } = chatvoltAccount(server.url);
    own = await openAppWithoutRetries({ accounts: [account] });
    expect(await invalidPaths(methodOf(own, 'sendButtons')(withChange(BASES.sendButtons, { agentId: GONE })))).toEqual([
      'agentId',
    ]);
  });

  it.each([
    {},
    { conversationId: 'c', phone: '5511999999999', channel: 'whatsapp' },
    { phone: '5511999999999', email: 'a@b.co', channel: 'whatsapp' },
  ])('rejects the recipient %j in ChatvoltService.sendMessage', async (to) => {
    expect(await errorOf(app.chatvolt.sendMessage({ message: 'Hi', ...to } as never))).toBeInstanceOf(
      InvalidMessageError,
    );
    expect(server.requests).toEqual([]);
  });

  it('rejects an image with a video, too many rows and an invalid phone number', async () => {
    const media = { 'buttonList.video': 'https://x.org/v.mp4', 'buttonList.image': 'https://x.org/i.png' };
    for (const path of await invalidPaths(methodOf(app, 'sendButtonList')(withChange(BASES.sendButtonList, media)))) {
      expect(path).toMatch(/^buttonList/);
    }
    const rows = { [`${CLOUD}.sections[0].rows`]: many(11, (index) => ({ id: `${index}`, title: `T${index}` })) };
    expect(await errorOf(methodOf(app, 'sendList')(withChange(BASES.sendList, rows)))).toBeInstanceOf(
      InvalidMessageError,
    );
    expect(await errorOf(app.zApi.phoneExists('home'))).toBeInstanceOf(InvalidMessageError);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['551188887777', '551188887777'],
    ['+55 (11) 99999-9999', '5511999999999'],
    ['+1 (212) 555-0123', '12125550123'],
    ['120363019502650977-group', '120363019502650977-group'],
    ['5511999999999-1623281429', '5511999999999-1623281429'],
    ['999999999@lid', '999999999@lid'],
    ['5511999999999-broadcast', '5511999999999-broadcast'],
  ])('sends a text for %s to %s', async (phone, sent) => {
    await methodOf(app, 'sendText')({ phone, message: 'Hi' });
    expect(server.bodies).toEqual([{ phone: sent, message: 'Hi' }]);
  });

  it('accepts exactly the titles that are not blank and have at most 20 code points', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 24 }), async (label) => {
        const good = label.trim() !== '' && [...label].length <= 20;
        const paths = await invalidPaths(
          methodOf(app, 'sendButtonActions')(withChange(BASES.sendButtonActions, { [`${A}.label`]: label })),
        ).catch(() => []);
        expect(paths).toEqual(good ? [] : [`${A}.label`]);
      }),
      { numRuns: 150, examples: [['😀'.repeat(20)], ['😀'.repeat(21)], ['👨‍👩‍👧'.repeat(4)], [' '], [' a ']] },
    );
  });

  describe.each(REGISTRATIONS)('registered by %s', (_name, register) => {
    it('applies custom limits to Z-API only', async () => {
      const limits = {
        buttons: 5,
        buttonTitle: 40,
        buttonId: 300,
        body: 2000,
        header: 100,
        footer: 100,
        mixedButtons: 'allow',
      } as const;
      own = await openAppWithoutRetries({ accounts: oneOfEach(server.url), limits }, { register });
      const actions = [...many(4, action), { type: 'REPLY', id: long(300), label: long(40) }];
      const loose = { message: long(2000), title: long(100), footer: long(100), buttonActions: actions };
      await methodOf(own, 'sendButtonActions')(withChange(BASES.sendButtonActions, loose));
      await methodOf(
        own,
        'sendButtonActions',
      )(
        withChange(BASES.sendButtonActions, { 'buttonActions[1]': { type: 'URL', label: 'Go', url: 'https://x.org' } }),
      );
      expect(server.requests).toHaveLength(2);
      expect(
        await invalidPaths(
          methodOf(own, 'sendButtonActions')(withChange(BASES.sendButtonActions, { ...loose, title: long(101) })),
        ),
      ).toEqual(['title']);
      expect(
        await invalidPaths(methodOf(own, 'sendButtons')(withChange(BASES.sendButtons, { button_1_title: long(21) }))),
      ).toEqual(['button_1_title']);
    });

    it.each(TABLE.filter((_row, index) => index % 40 === 3))('rejects %s with %j', async (method, change, paths) => {
      own = await openAppWithoutRetries({ accounts: oneOfEach(server.url), defaultAccount: 'zap' }, { register });
      expect(await invalidPaths(methodOf(own, method)(withChange(BASES[method], change)))).toEqual(paths);
    });
  });
});
