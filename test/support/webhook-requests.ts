import { createHmac } from 'node:crypto';
import type { AccountOptions, ProviderName } from '../../lib/index.js';

/** A callback on its way to the module, in the form that `ButtonMessagingWebhooks.handle` takes. */
export interface Callback {
  method: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  rawBody: Buffer;
}

/** Two accounts of each provider with all their credentials, and one with none that are optional. */
export function webhookAccounts(baseUrl = 'http://127.0.0.1:9'): AccountOptions[] {
  const z = (name: string, secrets: object): AccountOptions => ({
    provider: 'z-api',
    name,
    instanceId: 'A20DA9C0183A2D35A260F53F5D2B9244',
    token: `token-of-${name}-5d2c`,
    clientToken: `client-token-of-${name}`,
    baseUrl,
    ...secrets,
  });
  const c = (name: string, secrets: object): AccountOptions => ({
    provider: 'chatvolt',
    name,
    apiKey: `key-of-${name}`,
    agentId: 'agent-123',
    baseUrl,
    ...secrets,
  });
  const w = (name: string, secrets: object): AccountOptions => ({
    provider: 'whatsapp-cloud',
    name,
    phoneNumberId: '106540352242922',
    accessToken: `access-of-${name}`,
    baseUrl,
    ...secrets,
  });
  return [
    z('z', { webhookSecret: ['z-secret-old', 'z-secret-new'] }),
    z('z2', { webhookSecret: 'z2-secret' }),
    z('z-bare', {}),
    c('c', { webhookSecret: ['c-secret-old', 'c-secret-new'] }),
    c('c2', { webhookSecret: 'c2-secret' }),
    c('c-bare', {}),
    w('w', { appSecret: ['w-secret-old', 'w-secret-new'], verifyToken: 'w-verify' }),
    w('w2', { appSecret: 'w2-secret', verifyToken: 'w2-verify' }),
    w('w-bare', {}),
  ];
}

/** One account of each provider. */
export const ACCOUNT_OF: Record<ProviderName, string> = { 'z-api': 'z', chatvolt: 'c', 'whatsapp-cloud': 'w' };

export const PROVIDERS = Object.keys(ACCOUNT_OF) as ProviderName[];

/** Meta's signature of these bytes. */
export function signed(secret: string, rawBody: Buffer | string): string {
  return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

/** The good credentials of the accounts above, by the account's name. */
export function credentials(account: string, rawBody: Buffer | string): Record<string, string> {
  const of: Record<string, () => Record<string, string>> = {
    z: () => ({ 'z-api-token': `token-of-${account}-5d2c` }),
    c: () => ({ authorization: `Bearer ${account === 'c' ? 'c-secret-new' : `${account}-secret`}` }),
    w: () => ({ 'x-hub-signature-256': signed(account === 'w' ? 'w-secret-new' : `${account}-secret`, rawBody) }),
  };
  return of[account.slice(0, 1)]?.() ?? {};
}

/** The bytes of a body: text and bytes as they are, anything else as JSON. */
export function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A callback with good credentials. */
export function callback(account: string, body: unknown): Callback {
  const rawBody = bytesOf(body);
  const headers = { 'content-type': 'application/json', ...credentials(account, rawBody) };
  return { method: 'POST', headers, query: {}, rawBody };
}

/** A callback without credentials, or with these. */
export function stranger(body: unknown, headers: Record<string, string> = {}): Callback {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    rawBody: bytesOf(body),
  };
}
