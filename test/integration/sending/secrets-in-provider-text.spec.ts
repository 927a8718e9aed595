import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redactProviderText } from '../../../lib/adapters/redact-provider-text.js';
import { Secret } from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const eachCharacter = (form: (code: number) => string) => (text: string) =>
  text
    .split('')
    .map((unit) => form(unit.charCodeAt(0)))
    .join('');
const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');

/** Encodings of a text. */
const WRITTEN: Record<string, (secret: string) => string> = {
  'as it is': (secret) => secret,
  'in lower case': (secret) => secret.toLowerCase(),
  'in upper case': (secret) => secret.toUpperCase(),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (secret) => encodeURIComponent(secret).toLowerCase(),
  'every byte percent-encoded': (secret) => [...Buffer.from(secret)].map((byte) => `%${hex(byte, 2)}`).join(''),
  'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'of a form': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON as PHP writes it': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'in JSON within JSON': (secret) => JSON.stringify(JSON.stringify(secret).replaceAll('/', '\\/')),
  'in escapes of JSON': eachCharacter((code) => `\\u${hex(code, 4)}`),
  'in escapes in capitals': eachCharacter((code) => `\\u${hex(code, 4).toUpperCase()}`),
  'in HTML': (secret) =>
    secret.replace(/[&<>"']/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[sign]};`),
  'in HTML by numbers': (secret) => [...secret].map((sign) => `&#${sign.codePointAt(0)};`).join(''),
  'in HTML in hexadecimal': (secret) => [...secret].map((sign) => `&#x${hex(sign.codePointAt(0) ?? 0, 4)};`).join(''),
  'in base64': base64,
  'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'in base64, percent-encoded': (secret) => encodeURIComponent(base64(secret)),
  'in base64 behind a name': (secret) => base64(`user:${secret}`),
  'in base64 behind another': (secret) => base64(`admin:${secret}`),
  'in base64 between others': (secret) => base64(`a:${secret}:rest`),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
  'broken into lines': (secret) => secret.replace(/.{5}(?=.)/gu, '$&\r\n  '),
  'in base64, broken into lines': (secret) => base64(secret).replace(/.{6}(?=.)/g, '$&\n'),
};

const SECRETS = ['EAAGm0PX4ZCpsBAkZ/7yq+Vr3==', 'F1A2b3C4d5E6f7A8', 'p&ss"w<o>r\'d/\\+=', 'clé-d’accès-ç-😀-x'];

/** Lists the recognizable parts of a secret, half its length each, that a text contains. */
function leaks(words: string, secret: string, form: (secret: string) => string): string[] {
  const written = form(secret);
  const size = Math.ceil(written.length / 2);
  const parts = Array.from({ length: written.length - size + 1 }, (_, start) => written.slice(start, start + size));
  return parts.filter((part) => words.toLowerCase().includes(part.toLowerCase()));
}

function accountWith(token: string) {
  const pacing = { burst: 1, accountBurst: 1 };
  const own = { instanceId: 'I', baseUrl: 'https://a.test', webhookSecret: [new Secret('0123456789abcdef')] };
  return { provider: 'z-api', name: 'zap', token: new Secret(token), pacing, ...own } as const;
}

describe('redactProviderText', () => {
  it.each(Object.entries(WRITTEN))('redacts a secret %s', (_name, form) => {
    for (const secret of SECRETS) {
      const words = redactProviderText(`The key ${form(secret)} is bad`, accountWith(secret));
      expect({ secret, leaks: leaks(words, secret, form) }).toEqual({ secret, leaks: [] });
      expect(words).toMatch(/^The key .*\[secret\].* is bad$/);
    }
  });

  it('redacts any secret in any encoding', () => {
    const secret = fc
      .string({ minLength: 12, maxLength: 60, unit: 'grapheme-ascii' })
      .filter((text) => !/\s/.test(text));
    fc.assert(
      fc.property(secret, fc.constantFrom(...Object.values(WRITTEN)), (text, form) => {
        const words = redactProviderText(`The key ${form(text)} is bad`, accountWith(text));
        expect(leaks(words, text, form)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves other text unchanged', () => {
    const said = 'Phone number 5511999999999 does not exist; see https://a.test/help?x=1&y=2 (code #131026)';
    for (const secret of [...SECRETS, 'abc', '1']) {
      const words = redactProviderText(said, accountWith(secret));
      expect(secret === '1' ? words.replaceAll('[secret]', '1') : words).toBe(said);
    }
  });

  it('returns one line with visible control characters, truncated to 501 characters', () => {
    const words = redactProviderText(
      'No\r\n[Nest] LOG \u001b[2K\u2028\u202eall\u0000 well\ud83d',
      accountWith('abcdef'),
    );
    expect(words).toBe('No\\u000d\\u000a[Nest] LOG \\u001b[2K\\u2028\\u202eall\\u0000 well\\ud83d');
    expect(redactProviderText('\n'.repeat(1_000), accountWith('abcdef'))).toHaveLength(501);
    expect(redactProviderText('x'.repeat(499) + '😀'.repeat(9), accountWith('abcdef'))).not.toMatch(/\p{Surrogate}/u);
  });

  it('handles a megabyte quickly and redacts truncated secrets', () => {
    const secret = 'EAAG'.repeat(75);
    const cases = ['\\', '%', '&', 'EAAG ', `${secret} `, `${encodeURIComponent(secret)}%45`, ' '];
    for (const part of cases) {
      const before = process.cpuUsage();
      const words = redactProviderText(part.repeat(Math.ceil(1_000_000 / part.length)), accountWith(secret));
      const { user } = process.cpuUsage(before);
      expect({ part: part.slice(0, 9), soon: user < 2_000_000 }).toEqual({ part: part.slice(0, 9), soon: true });
      if (part.length > 300) expect(words.includes('EAAGEAAG')).toBe(false);
    }
  });
});

describe('Provider text in errors', () => {
  let server: FakeProvider;
  let app: TestApp | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  afterEach(() => app?.close());
  afterAll(() => server.close());

  it.each(Object.entries(WRITTEN))('is free of the account’s secret %s, for all providers', async (_name, form) => {
    server.reset();
    const secret = 'EAAGm0PX4ZCpsBAkZ/7yq+Vr3==';
    const accounts = [
      zApiAccount(server.url, { clientToken: secret }),
      chatvoltAccount(server.url, { apiKey: secret }),
      cloudAccount(server.url, { accessToken: secret }),
    ];
    app = await openAppWithoutRetries({ accounts, defaultAccount: 'zap' });
    const message = `Refused ${form(secret)}`;
    server.always({ status: 400, body: { error: message, message, code: message } });
    const buttons = [{ type: 'reply' as const, id: 'a', title: 'A' }];
    for (const account of accounts) {
      const to = account.provider === 'chatvolt' ? { conversation: 'c' } : '5511987654321';
      const error = await errorOf(app.messaging.send({ to, text: 'Hello', buttons }, { account: account.name }));
      const shown = [error.message, error.providerMessage, error.providerCode, error.stack].join('\n');
      expect(leaks(shown, secret, form)).toEqual([]);
    }
  });

  it('is on one line for all providers', async () => {
    server.reset();
    const accounts = [zApiAccount(server.url), chatvoltAccount(server.url), cloudAccount(server.url)];
    app = await openAppWithoutRetries({ accounts, defaultAccount: 'zap' });
    const forged = 'Refused\r\n[Nest] LOG All is \u001b[2Kwell';
    server.always({ status: 400, body: { error: forged, message: forged, code: forged } });
    const buttons = [{ type: 'reply' as const, id: 'a', title: 'A' }];
    for (const account of accounts) {
      const to = account.provider === 'chatvolt' ? { conversation: 'c' } : '5511987654321';
      const error = await errorOf(app.messaging.send({ to, text: 'Hello', buttons }, { account: account.name }));
      expect([error.message, error.providerMessage, error.providerCode].join('')).toContain('Refused');
      expect([error.message, error.providerMessage, error.providerCode].join('')).not.toMatch(/\p{Cc}/u);
    }
  });
});
