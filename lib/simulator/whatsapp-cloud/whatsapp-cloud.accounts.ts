import { AccountStore } from '../accounts/account-store.js';
import { digits, hexadecimal } from '../identifiers.js';
import type { SimulatedWhatsAppCloudAccount } from '../simulated-account.interface.js';

/** The WhatsApp business account of all phone numbers, unless another is given. */
const BUSINESS_ACCOUNT_ID = '100000000000001';

/** Creates the store of phone numbers of the Cloud API. */
export function cloudAccounts(baseUrl: string): AccountStore<SimulatedWhatsAppCloudAccount> {
  const first: SimulatedWhatsAppCloudAccount = {
    provider: 'whatsapp-cloud',
    name: 'whatsapp-cloud',
    phoneNumberId: '100000000000002',
    businessAccountId: BUSINESS_ACCOUNT_ID,
    accessToken: 'simulated-whatsapp-access-token-a1',
    appSecret: 'simulated-whatsapp-app-secret-a1',
    verifyToken: 'simulated-whatsapp-verify-token-a1',
    baseUrl,
  };
  return new AccountStore(first, 'phoneNumberId', () => ({
    phoneNumberId: `1${digits(14)}`,
    businessAccountId: BUSINESS_ACCOUNT_ID,
    accessToken: `simulated-whatsapp-access-token-${hexadecimal(8)}`,
    appSecret: `simulated-whatsapp-app-secret-${hexadecimal(8)}`,
    verifyToken: `simulated-whatsapp-verify-token-${hexadecimal(8)}`,
  }));
}

/** Returns the displayed phone number, in digits. */
export function displayPhoneNumber({ phoneNumberId }: SimulatedWhatsAppCloudAccount): string {
  return phoneNumberId === '100000000000002' ? '15550100200' : `1555${phoneNumberId.slice(-7).padStart(7, '0')}`;
}
