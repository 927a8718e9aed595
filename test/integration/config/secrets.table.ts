import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { type FakeResponse, type ReceivedRequest } from '../../support/fake-provider.js';
import { cut, hangUp, type Provider, silence } from '../../support/responses.js';

export const CANARY = {
  token: 'canary-token/1 é+&"x',
  clientToken: 'canaryClientToken2',
  authorization: 'canaryAuthorization3',
  zApiWebhook: 'canaryZApiWebhook4',
  apiKey: 'canaryApiKey5',
  chatvoltWebhook: 'canaryChatvoltWebhook6',
  accessToken: 'canaryAccessToken7',
  appSecret: 'canaryAppSecret8',
  verifyToken: 'canaryVerifyToken9',
  proxy: 'canaryProxyPassword10',
};
const FORMS = Object.values(CANARY).flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]);
export const PROVIDERS: Provider[] = ['z-api', 'chatvolt', 'whatsapp-cloud'];

export function accounts(baseUrl: string) {
  const {
    token,
    clientToken,
    authorization,
    zApiWebhook,
    apiKey,
    chatvoltWebhook,
    accessToken,
    appSecret,
    verifyToken,
  } = CANARY;
  return [
    zApiAccount(baseUrl, { token, clientToken, webhookSecret: zApiWebhook }),
    zApiAccount(baseUrl, { name: 'omni', token, authorization, webhookSecret: ['other', zApiWebhook] }),
    chatvoltAccount(baseUrl, { apiKey, webhookSecret: chatvoltWebhook }),
    cloudAccount(baseUrl, { accessToken, appSecret: [appSecret], verifyToken }),
  ];
}

export function expectClean(text: string): void {
  for (const form of ['canary', ...FORMS]) {
    const at = text.indexOf(form);
    if (at >= 0) throw new Error(`A secret got out, in: …${text.slice(Math.max(0, at - 500), at + 200)}…`);
  }
}

/** Lists the secrets a provider knows: those of the request and of its webhooks. */
function secretsOf({ url, headers }: ReceivedRequest): string[] {
  const {
    token,
    clientToken,
    authorization,
    zApiWebhook,
    apiKey,
    chatvoltWebhook,
    accessToken,
    appSecret,
    verifyToken,
  } = CANARY;
  if (url.startsWith('/instances/')) return [token, zApiWebhook, headers['client-token'] ? clientToken : authorization];
  return url.startsWith('/messages/') ? [apiKey, chatvoltWebhook] : [accessToken, appSecret, verifyToken];
}

/** Responds with the secrets of the requesting account. */
export function echo(
  status: number,
  bodyOf: (secrets: string[]) => unknown,
  headersOf?: (secrets: string[]) => Record<string, string>,
): FakeResponse {
  return (request, response) => {
    const secrets = secretsOf(request);
    const body = bodyOf(secrets);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headersOf?.(secrets) });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export const and = (secrets: string[]) => secrets.join(' and ');
export const LAST = 'accepted, not understood';
export const FAILURES: [what: string, reply: FakeResponse][] = [
  ['lost by a closed connection', hangUp],
  ['lost by a timeout', silence],
  ['lost by a truncated response', cut(200, '{"messageId')],
  ['rate-limited', { status: 429 }],
  ['answered with an HTML 500', { status: 500, body: '<html>' }],
  ['rejected with the secrets in the error', echo(400, (secrets) => ({ error: and(secrets) }))],
  ['rejected with the secrets in plain text', echo(403, and)],
  [
    'rejected with a secret as the code',
    echo(400, (secrets) => ({
      error: { message: and(secrets), code: secrets[0], error_data: { details: and(secrets) } },
      message: and(secrets),
    })),
  ],
  [
    'rejected with encoded secrets',
    echo(404, (secrets) => ({
      error: `No ${secrets.map(encodeURIComponent).join('/')} here`,
      message: encodeURIComponent(and(secrets)),
    })),
  ],
  ['rejected with the secrets escaped in JSON', echo(400, (secrets) => ({ error: JSON.stringify({ secrets }) }))],
  ...[470, 480, 490, 495].map((length): [string, FakeResponse] => [
    `refused with a secret at ${length}`,
    echo(400, (secrets) => ({ error: `${'x'.repeat(length)}${secrets.join('')}` })),
  ]),
  ['rejected in a 500 with a Meta code', echo(500, (secrets) => ({ error: `(#131009) ${and(secrets)}` }))],
  [
    'redirected with the secrets',
    echo(
      302,
      () => '',
      (secrets) => ({ Location: `https://example.com/${encodeURIComponent(and(secrets))}` }),
    ),
  ],
  [LAST, echo(200, and)],
];
