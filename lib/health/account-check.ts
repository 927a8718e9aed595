import { type Account, isCustom } from '../config/account.js';
import type { ChatvoltService } from '../providers/chatvolt/chatvolt.service.js';
import type { ReadOptions } from '../providers/provider-sender.js';
import type { WhatsAppCloudService } from '../providers/whatsapp-cloud/whatsapp-cloud.service.js';
import type { ZApiService } from '../providers/z-api/z-api.service.js';
import type { HealthFinding } from './health-finding.js';

/** The services by which accounts are asked. */
export interface ProviderServices {
  zApi: ZApiService;
  chatvolt: ChatvoltService;
  whatsAppCloud: WhatsAppCloudService;
}

/**
 * Asks an account's provider whether the account can send: the cheapest call that needs its credentials.
 *
 * @param withDetails Whether the provider's words may be told.
 * @throws ButtonMessagingError where it cannot, or where nobody knows.
 */
export async function checkAccount(
  account: Account,
  { zApi, chatvolt, whatsAppCloud }: ProviderServices,
  options: ReadOptions,
  withDetails: boolean,
): Promise<HealthFinding> {
  if (isCustom(account)) {
    await account.custom.check?.({ ...(options.signal && { signal: options.signal }) });
    return { status: 'up' };
  }
  switch (account.provider) {
    case 'z-api':
      return findingOfStatus(await zApi.status(options), withDetails);
    case 'chatvolt':
      await (account.agentId === undefined ? chatvolt.checkKey(options) : chatvolt.checkAgent(options));
      return { status: 'up' };
    case 'whatsapp-cloud':
      await whatsAppCloud.checkPhoneNumber(options);
      return { status: 'up' };
  }
}

function findingOfStatus(
  { connected, detail }: Awaited<ReturnType<ZApiService['status']>>,
  withDetails: boolean,
): HealthFinding {
  if (connected) return { status: 'up' };
  const words = withDetails && detail ? `: ${detail}` : '';
  return { status: 'down', reason: `the instance is not connected to WhatsApp${words}` };
}
