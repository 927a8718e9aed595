import { randomBytes } from 'node:crypto';
import type { Account } from '../config/account.js';
import { sealAccount } from '../config/seal-account.js';

/** Accounts that nobody has, with secrets that nobody knows, one for each provider by its name in URLs. */
export function decoyAccounts(): ReadonlyMap<string, Account> {
  const secret = () => randomBytes(32).toString('hex');
  const name = 'decoy';
  const decoys = [
    sealAccount({ provider: 'z-api', name, instanceId: name, token: secret(), webhookSecret: secret() }),
    sealAccount({ provider: 'chatvolt', name, apiKey: secret(), webhookSecret: secret() }),
    sealAccount({
      provider: 'whatsapp-cloud',
      name,
      phoneNumberId: name,
      accessToken: secret(),
      appSecret: secret(),
      verifyToken: secret(),
    }),
  ];
  return new Map(decoys.map((account) => [account.provider, account]));
}
