import type { ChatvoltAccountOptions, WhatsAppCloudAccountOptions, ZApiAccountOptions } from '../../lib/index.js';

export function zApiAccount(baseUrl: string, more: Partial<ZApiAccountOptions> = {}): ZApiAccountOptions {
  return { provider: 'z-api', name: 'zap', instanceId: 'INSTANCE', token: 'INSTANCETOKEN', baseUrl, ...more };
}

export function chatvoltAccount(baseUrl: string, more: Partial<ChatvoltAccountOptions> = {}): ChatvoltAccountOptions {
  return { provider: 'chatvolt', name: 'volt', apiKey: 'APIKEY', agentId: 'agent-123', baseUrl, ...more };
}

export function cloudAccount(
  baseUrl: string,
  more: Partial<WhatsAppCloudAccountOptions> = {},
): WhatsAppCloudAccountOptions {
  return { provider: 'whatsapp-cloud', name: 'meta', phoneNumberId: '1055', accessToken: 'ACCESS', baseUrl, ...more };
}

/** One account of each provider: `zap`, `volt` and `meta`. */
export function oneOfEach(baseUrl: string) {
  return [zApiAccount(baseUrl), chatvoltAccount(baseUrl), cloudAccount(baseUrl)];
}
