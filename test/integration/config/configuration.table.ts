import { oneOfEach } from '../../support/accounts.js';

export const URL = 'http://127.0.0.1:9';
export const GOOD = { accounts: oneOfEach(URL), defaultAccount: 'meta' };
export const GONE = undefined;
export type Row = [change: Record<string, unknown>, paths: string[]];
const at = (index: number, field: string, ...values: unknown[]): Row[] =>
  values.map((value) => [{ [`accounts[${index}].${field}`]: value }, [`accounts[${index}].${field}`]]);
const option = (path: string, ...values: unknown[]): Row[] => values.map((value) => [{ [path]: value }, [path]]);

export const FAULTS: Row[] = [
  ...at(0, 'name', GONE, '', 5),
  ...at(0, 'instanceId', GONE, '', '.', '..', 5),
  ...at(0, 'token', GONE, '', '.', '..'),
  ...at(0, 'clientToken', '', 5),
  ...at(0, 'baseUrl', 'http://api.example.com', 'nonsense', 'ftp://127.0.0.1', '', 5),
  ...at(0, 'webhookSecret', '', 5),
  ...at(0, 'pacing.x', 1).map(
    ([, _paths]): Row => [{ 'accounts[0].pacing': { perSecond: 0 } }, ['accounts[0].pacing.perSecond']],
  ),
  [{ 'accounts[0].pacing': { perSecond: '5' } }, ['accounts[0].pacing.perSecond']],
  [{ 'accounts[0].pacing': { perRecipientPerSecond: -1 } }, ['accounts[0].pacing.perRecipientPerSecond']],
  [{ 'accounts[0].pacing': { burst: 0 } }, ['accounts[0].pacing.burst']],
  ...at(0, 'provider', 'telegram', GONE),
  ...at(0, 'tokens', 'x'),
  ...at(1, 'apiKey', GONE, ''),
  ...at(1, 'agentId', '..', 5),
  ...at(1, 'lookUpConversations', 'yes'),
  ...at(1, 'channel', '', ' zapi', 5, 'z\ud83d'),
  ...at(1, 'name', 'zap'),
  ...at(2, 'phoneNumberId', GONE, '..'),
  ...at(2, 'accessToken', GONE, ''),
  ...at(2, 'graphVersion', '..'),
  ...at(2, 'businessAccountId', '..', '', 5),
  ...at(2, 'path', '..', '/v1', 'v1/', 'v1?x', 'v1/../v2', 'v 1', 5),
  ...at(2, 'signatureHeader', '', 'X Signature', 'Content-Type', 'X-Signature:', 5),
  ...at(2, 'apiKeyHeader', '', 'X\r\nKey', 'Host', 'transfer-encoding', 'Content-Length', 5),
  ...[GONE, 'https://graph.facebook.com'].map(
    (baseUrl): Row => [
      { 'accounts[2].apiKeyHeader': 'X-API-Key', 'accounts[2].baseUrl': baseUrl },
      ['accounts[2].apiKeyHeader'],
    ],
  ),
  ...['not a URL', 5].map(
    (baseUrl): Row => [
      { 'accounts[2].apiKeyHeader': 'X-API-Key', 'accounts[2].baseUrl': baseUrl },
      ['accounts[2].apiKeyHeader', 'accounts[2].baseUrl'],
    ],
  ),
  ...option('accounts', 'x', {}),
  ...option('accounts[1]', null, 5).map(([change]): Row => [change, ['accounts[1]']]),
  ...option('defaultAccount', 'ghost', 5),
  ...option('resolveAccount', 'x'),
  ...option('resolvedAccountTtlMs', -1, 'x'),
  ...option('retries', 3),
  ...option('logger', 'x'),
  ...option('remember', -1, 'x'),
  ...option('breaker', true, 'x'),
  ...['timeoutMs', 'maxSockets'].map((name): Row => [{ http: { [name]: -1 } }, [`http.${name}`]]),
  [{ http: { timeout: 5 } }, ['http.timeout']],
  ...['attempts', 'baseDelayMs', 'maxDelayMs'].map((name): Row => [{ retry: { [name]: -1 } }, [`retry.${name}`]]),
  [{ retry: { attempts: 0 } }, ['retry.attempts']],
  [{ retry: { unknownOutcome: 'maybe' } }, ['retry.unknownOutcome']],
  [{ breaker: { failures: 0 } }, ['breaker.failures']],
  [{ breaker: { coolDownMs: -1 } }, ['breaker.coolDownMs']],
  ...['buttons', 'buttonTitle', 'buttonId', 'body', 'header', 'footer'].map(
    (name): Row => [{ limits: { [name]: 0 } }, [`limits.${name}`]],
  ),
  [{ limits: { mixedButtons: 'perhaps' } }, ['limits.mixedButtons']],
  [{ limits: { titles: 5 } }, ['limits.titles']],
  ...option('webhooks', true, null, 'webhooks', 5),
  [{ webhooks: { pth: 'x' } }, ['webhooks.pth']],
  [{ webhooks: { path: 5, decorators: 'Public' } }, ['webhooks.decorators', 'webhooks.path']],
  [{ webhooks: { decorators: [undefined] } }, ['webhooks.decorators']],
  [
    {
      'accounts[0].token': GONE,
      'accounts[1].apiKey': '',
      'accounts[2].baseUrl': 'http://x.org',
      retry: { attempts: 0 },
      extra: 1,
      webhooks: { pth: 'x' },
    },
    ['accounts[0].token', 'accounts[1].apiKey', 'accounts[2].baseUrl', 'extra', 'retry.attempts', 'webhooks.pth'],
  ],
];
