import { expect } from '@jest/globals';
import type { ChatvoltAccount } from '../../../lib/config/accounts/chatvolt.account.js';
import { Secret } from '../../../lib/config/accounts/secret.js';
import type { WhatsAppCloudAccount } from '../../../lib/config/accounts/whatsapp-cloud.account.js';
import type { ZApiAccount } from '../../../lib/config/accounts/z-api.account.js';
import type { ButtonMessagingError, FailureCategory } from '../../../lib/index.js';
import { type HttpResponse, parseResponse } from '../../../lib/transport/http-response.js';

const PACING = { burst: 1, accountBurst: 1 };

export const ZAPI: ZApiAccount = {
  provider: 'z-api',
  name: 'z',
  instanceId: 'INSTANCE',
  token: new Secret('token-of-z'),
  baseUrl: 'http://127.0.0.1:9',
  webhookSecret: [],
  pacing: PACING,
};

export const CHATVOLT: ChatvoltAccount = {
  provider: 'chatvolt',
  name: 'c',
  apiKey: new Secret('key-of-c'),
  lookUpConversations: false,
  baseUrl: 'http://127.0.0.1:9',
  webhookSecret: [],
  pacing: PACING,
};

export const CLOUD: WhatsAppCloudAccount = {
  provider: 'whatsapp-cloud',
  name: 'w',
  phoneNumberId: '1065',
  accessToken: new Secret('access-of-w'),
  appSecret: [],
  graphVersion: 'v26.0',
  checkTemplates: false,
  baseUrl: 'http://127.0.0.1:9',
  pacing: PACING,
};

/** Parses a response with the body unchanged if it is a string, otherwise as JSON. */
export async function answer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<HttpResponse> {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return parseResponse({ status, headers, bytes, tooLarge: false });
}

/** Outcome and retryability for each error code. */
export const MEANINGS = {
  authentication: ['not-sent', false],
  permission: ['not-sent', false],
  subscription: ['not-sent', false],
  'recipient-not-found': ['not-sent', false],
  'window-closed': ['not-sent', false],
  'rate-limited': ['not-sent', true],
  'provider-unavailable': ['not-sent', true],
  'provider-rejected': ['not-sent', false],
  'unknown-outcome': ['unknown', false],
} as const;

export type Meaning = keyof typeof MEANINGS;

/** Category of each error code, unless the row has another. */
const USUAL: Record<Meaning, FailureCategory> = {
  authentication: 'authentication',
  permission: 'permission',
  subscription: 'payment',
  'recipient-not-found': 'recipient',
  'window-closed': 'window-closed',
  'rate-limited': 'rate-limited',
  'provider-unavailable': 'unavailable',
  'provider-rejected': 'unknown',
  'unknown-outcome': 'unknown',
};

/** A response, the resulting error code, and the details the error contains. */
export type Row = [
  situation: string,
  status: number,
  body: unknown,
  meaning: Meaning,
  details?: { providerCode?: string; providerMessage?: string; scope?: string; category?: FailureCategory },
];

/** Expects exactly these details: no code or message if the provider sent none. */
export function expectRefusal(error: ButtonMessagingError, [, status, , meaning, details = {}]: Row): void {
  const [outcome, retryable] = MEANINGS[meaning];
  const { code, providerCode, providerMessage } = error;
  const found = { code, outcome: error.outcome, retryable: error.retryable, status: error.status };
  expect({ ...found, providerCode, providerMessage }).toEqual({
    code: meaning,
    outcome,
    retryable,
    status,
    providerCode: details.providerCode,
    providerMessage: details.providerMessage,
  });
  expect(error.category).toBe(details.category ?? USUAL[meaning]);
  const scope = details.scope ?? (meaning === 'rate-limited' ? 'account' : undefined);
  expect(error.scope).toBe(scope);
}
