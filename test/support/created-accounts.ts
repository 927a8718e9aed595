import type { AccountOptions, CustomProvider } from '../../lib/index.js';
import { webhookAccounts } from './webhook-requests.js';

/** A provider that knows its own by a header. */
function acme(webhook?: CustomProvider['webhook']): AccountOptions {
  const provider: CustomProvider = {
    name: 'acme',
    map: () => ({ reasons: ['It carries nothing'] }),
    send: () => Promise.resolve({}),
    ...(webhook && { webhook }),
  };
  return { provider, name: webhook ? 'a' : 'a-deaf' };
}

const ACME = acme({
  isAuthentic: ({ headers }) => headers['x-acme'] === 'a-secret',
  parse: () => [{ kind: 'connection', connected: true, at: new Date(0), raw: {} }],
});
/** Accounts of every provider, with all their credentials and with none. */
export const ACCOUNTS: AccountOptions[] = [...webhookAccounts(), ACME, acme()];
