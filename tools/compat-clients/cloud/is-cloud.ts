import type { SimulatedAccount, SimulatedWhatsAppCloudAccount } from 'nestjs-button-messaging/simulator';

export const isCloud = (account: SimulatedAccount): account is SimulatedWhatsAppCloudAccount => {
  return account.provider === 'whatsapp-cloud';
};
