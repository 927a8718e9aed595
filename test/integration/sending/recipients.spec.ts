import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError, InvalidMessageError } from '../../../lib/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';

let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const BAD_BASES: [name: string, baseUrl: string][] = [
  ['a line break', 'https://api.z-api.io\n'],
  ['a line break within', 'https://api.z-\napi.io'],
  ['a tab', 'https://api.z-api.io\t/x'],
  ['a leading space', ' https://api.z-api.io'],
  ['a trailing space', 'https://api.z-api.io '],
  ['a null character', 'https://api.z-api.io\0'],
  ['an invisible character', 'https://api.z-api\u200b.io'],
  ['a right-to-left override', 'https://api.z-api.io/\u202e'],
  ['a letter of another alphabet', 'https://\u0430pi.z-api.io'],
  ['full-width letters', 'https://\uff41pi.z-api.io'],
  ['a full stop of another alphabet', 'https://api\u3002z-api.io'],
  ['a fraction slash', 'https://api.z-api.io\u2044evil'],
  ['an encoded character in the host', 'https://api%2ez-api.io'],
  ['a user name', 'https://user@api.z-api.io'],
  ['an empty user name', 'https://@api.z-api.io'],
  ['a user name that looks like the host', 'https://api.z-api.io@evil.example'],
  ['a user name and a password', 'https://user:canary@api.z-api.io'],
  ['a backslash', 'https://api.z-api.io\\@evil.example'],
  ['an empty query', 'https://api.z-api.io?'],
  ['a query', 'https://api.z-api.io/?a=b'],
  ['an empty fragment', 'https://api.z-api.io#'],
  ['a fragment', 'https://api.z-api.io/#a'],
  ['http', 'http://api.z-api.io'],
  ['http on a host that begins like loopback', 'http://127.0.0.1.evil.example'],
  ['http on a host that ends like loopback', 'http://evil.localhost.example'],
  ['no slashes', 'https:api.z-api.io'],
  ['one slash', 'https:/api.z-api.io'],
  ['no host', 'https:///'],
  ['a parent segment in the path', 'https://api.z-api.io/a/../b'],
  ['a parent segment at the end', 'https://api.z-api.io/a/..'],
  ['a dot segment', 'https://api.z-api.io/./a'],
  ['an encoded parent segment', 'https://api.z-api.io/a/%2e%2E/b'],
  ['a half-encoded parent segment', 'https://api.z-api.io/a/.%2e'],
  ['an encoded dot segment', 'https://api.z-api.io/%2e/a'],
  ['a javascript: URL', 'javascript:alert(1)'],
  ['a file: URL', 'file:///etc/passwd'],
];

describe('Account option baseUrl', () => {
  it.each(BAD_BASES)('rejects a base URL with %s', async (_name, baseUrl) => {
    for (const account of [zApiAccount(baseUrl), chatvoltAccount(baseUrl), cloudAccount(baseUrl)]) {
      const error = await errorOf(openAppWithoutRetries({ accounts: [account] }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ issues: [{ path: 'accounts[0].baseUrl', rule: 'isHttpsOrLoopback' }] });
      expect(error.message).not.toMatch(/canary|evil/);
    }
  });

  it.each([
    'https://api.z-api.io',
    'https://API.Z-API.io/',
    'https://api.z-api.io:8443/path/of/it',
    'https://api.z-api.io/v1.0/.hidden/a..b/...',
    'https://xn--pi-6kc.example',
    'https://[2001:db8::1]/x',
    'http://localhost:3000',
    'http://127.0.0.1:3000/a',
    'http://[::1]:3000',
  ])('accepts %s', async (baseUrl) => {
    app = await openAppWithoutRetries({ accounts: [zApiAccount(baseUrl)] });
  });
});

const BAD_LINKS = [
  'https://bank.example@evil.example',
  'https://bank.example:443@evil.example/login',
  'https://bank.example%2flogin@evil.example',
  'HTTPS://user:pass@evil.example',
  'https://@evil.example',
  'http://a@b@evil.example',
  'https:///bank.example@evil.example',
  'https:////bank.example@evil.example',
  'https://\\bank.example@evil.example',
  'https:///\\/bank.example:443@evil.example',
  'https:\\\\bank.example@evil.example',
  'https:/bank.example@evil.example',
  'https:bank.example@evil.example',
  'https://\t/bank.example@evil.example',
  'https:/\n//bank.example@evil.example',
  'javascript:alert(1)',
  'JavaScript://evil.example/%0aalert(1)',
  'data:text/html,<script>1</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'https://evil.example/\nSet-Cookie: x',
];

describe('Button URL', () => {
  it.each(BAD_LINKS)('rejects %j', async (url) => {
    const address = 'http://127.0.0.1:9';
    const accounts = [zApiAccount(address), chatvoltAccount(address), cloudAccount(address)];
    app = await openAppWithoutRetries({ accounts, defaultAccount: 'zap' });
    const { messaging, zApi, cloud, chatvolt } = app;
    const to = '5511987654321';
    const link = { type: 'URL' as const, label: 'Open', url };
    const cta = { name: 'cta_url' as const, parameters: { display_text: 'Open', url } };
    const refusals = [
      [messaging.send({ to, text: 'Hi', buttons: [{ type: 'url', title: 'Open', url }] }), 'buttons[0].url'],
      [
        messaging.send({ to, text: 'Hi', header: { image: url }, buttons: [{ type: 'reply', id: 'a', title: 'A' }] }),
        'header.image',
      ],
      [zApi.sendButtonActions({ phone: to, message: 'Hi', buttonActions: [link] }), 'buttonActions[0].url'],
      [
        cloud.sendCtaUrl({ to, interactive: { type: 'cta_url', body: { text: 'Hi' }, action: cta } }),
        'interactive.action.parameters.url',
      ],
      [
        chatvolt.sendCta({ conversationId: 'c', body_text: 'Hi', button_display_text: 'Open', button_url: url }),
        'button_url',
      ],
    ] as const;
    for (const [send, path] of refusals) {
      const error = await errorOf(send);
      expect(error).toBeInstanceOf(InvalidMessageError);
      const paths = error instanceof InvalidMessageError ? error.issues.map((issue) => issue.path) : [];
      // An image may be a data URI.
      if (!(path === 'header.image' && url.startsWith('data:image'))) expect(paths).toContain(path);
    }
  });

  it.each([
    'https://a.example/@user',
    'https://a.example/?mail=a@b.example',
    'https://a.example/#@',
    'http://a.example',
  ])('accepts %s', async (url) => {
    app = await openAppWithoutRetries({ accounts: [zApiAccount('http://127.0.0.1:9')] });
    const message = { to: '5511987654321', text: 'Hi', buttons: [{ type: 'url' as const, title: 'Open', url }] };
    expect(await app.messaging.carriers(message)).toMatchObject([{ carries: true }]);
  });
});

describe('Account warnings', () => {
  const before = process.env.NODE_ENV;
  afterEach(() => {
    process.env.NODE_ENV = before;
  });

  async function linesOf(accounts: Parameters<typeof openAppWithoutRetries>[0]['accounts'], environment = 'test') {
    process.env.NODE_ENV = environment;
    const logger = new RecordingLogger();
    app = await openAppWithoutRetries({ ...(accounts && { accounts }), logger });
    return logger.lines;
  }

  it('warns about simulator credentials in production and with other hosts', async () => {
    const simulator = await GatewaySimulator.start();
    const accounts = simulator.accounts();
    await simulator.close();
    expect(await linesOf(accounts)).toEqual([]);
    await app?.close();
    const lines = await linesOf(accounts, 'production');
    for (const { name } of accounts) {
      expect(lines.filter((line) => line.includes(`Account ${name} uses the simulator's credentials`))).toHaveLength(1);
      expect(lines.filter((line) => line.includes(`baseUrl of account ${name}`))).toHaveLength(1);
    }
    await app?.close();
    const elsewhere = await linesOf(accounts.map((account) => ({ ...account, baseUrl: 'https://a.example' })));
    expect(elsewhere).toHaveLength(accounts.length);
    expect(elsewhere.join()).not.toMatch(/70CE7|F51A1|simulated-/);
  });

  it('warns about a punycode host in production', async () => {
    const accounts = [zApiAccount('https://api.xn--pi-6kc.example'), cloudAccount('https://xn--pi-6kc.b.example')];
    expect(await linesOf(accounts)).toEqual([]);
    await app?.close();
    expect(await linesOf([...accounts, chatvoltAccount('https://axn--b.example')], 'production')).toEqual(
      ['zap', 'meta'].map((name) => expect.stringContaining(`baseUrl of account ${name} has a punycode host`)),
    );
  });

  it('warns once about a resolved account', async () => {
    process.env.NODE_ENV = 'production';
    const logger = new RecordingLogger();
    const resolveAccount = (name: string) =>
      zApiAccount('https://xn--pi-6kc.example', {
        name,
        webhookSecret: name === 'good' ? 'dh3Jq9sK2mXv8LwP0aZt' : 'secret',
      });
    app = await openAppWithoutRetries({ accounts: [], resolveAccount, resolvedAccountTtlMs: 0, logger });
    for (const name of ['one', 'one', 'good', 'two', 'one']) await app.messaging.resume(name);
    expect(logger.lines).toEqual([
      expect.stringContaining('baseUrl of account one'),
      expect.stringContaining('webhookSecret of account one is easy to guess'),
      expect.stringContaining('baseUrl of account good'),
      expect.stringContaining('baseUrl of account two'),
      expect.stringContaining('webhookSecret of account two is easy to guess'),
    ]);
  });

  it('warns about at most 1,000 resolved accounts', async () => {
    const logger = new RecordingLogger();
    const resolveAccount = (name: string) => zApiAccount('https://a.example', { name, webhookSecret: 'secret' });
    app = await openAppWithoutRetries({ accounts: [], resolveAccount, logger });
    for (let count = 0; count < 1_100; count += 1) await app.messaging.resume(`tenant-${count}`);
    expect(logger.lines).toHaveLength(1_000);
  });

  const LONG_AND_GUESSED = [
    ...['1234567890123456', '0987654321098765', 'abcdefghijklmnop', 'zyxwvutsrqponmlk', 'qwertyuiopasdfgh'],
    ...['passwordpassword', 'changemechangeme', 'PasswordPassword1!', 'x9Kqx9Kqx9Kqx9Kq', '1q2w3e4r5t6y7u8i'],
    ...[
      'my-webhook-secret',
      'acme_webhook_secret',
      'mywebhooksecret2024',
      'verify_token_1234567890',
      'minha-senha-secreta',
    ],
    ...['blue-green-yellow', 'Purple.Elephant.House'],
  ];

  it.each(LONG_AND_GUESSED)('warns about a long secret that is easily guessed: %s', async (secret) => {
    const lines = await linesOf([zApiAccount('https://a.example', { webhookSecret: secret })], 'production');
    expect(lines).toEqual([expect.stringContaining('webhookSecret of account zap is easy to guess')]);
    expect(lines.join()).not.toContain(secret);
  });

  it.each([
    '550e8400-e29b-41d4-a716-446655440000',
    '9f86d081884c7d659a2feaa0c55ad015',
    'q0Wz3uYtL8mNfR5xJc2VbA==',
    'whsec_dh3Jq9sK2mXv8LwP0aZt',
    'zKvQpWnXrTbYcLmHgJdF',
    'lamp-orbit-cactus-violin-harbor-mint',
  ])('does not warn about a random secret: %s', async (secret) => {
    expect(await linesOf([zApiAccount('https://a.example', { webhookSecret: secret })], 'production')).toEqual([]);
  });

  it.each(['secret', 'changeme', 'Change-Me!', 'my-secret', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'short', '123456789'])(
    'warns about a secret that is easily guessed: %s',
    async (secret) => {
      const address = 'https://a.example';
      const lines = await linesOf([
        zApiAccount(address, { webhookSecret: ['dh3Jq9sK2mXv8LwP0aZt', secret] }),
        chatvoltAccount(address, { webhookSecret: secret }),
        cloudAccount(address, { verifyToken: secret }),
      ]);
      expect(lines).toEqual(
        ['zap', 'volt', 'meta'].map((name) => expect.stringContaining(`of account ${name} is easy to guess`)),
      );
      expect(lines.join()).not.toContain(`"${secret}"`);
    },
  );

  it('requires longer secrets in production than elsewhere', async () => {
    const accountWith = (webhookSecret: string) => [zApiAccount('https://a.example', { webhookSecret })];
    expect(await linesOf(accountWith('dh3Jq9sK2m'))).toEqual([]);
    await app?.close();
    expect(await linesOf(accountWith('dh3Jq9sK2m'), 'production')).toHaveLength(1);
    await app?.close();
    expect(await linesOf(accountWith('dh3Jq9sK2mXv8LwP0aZt'), 'production')).toEqual([]);
  });
});
