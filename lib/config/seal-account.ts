import type {
  Account,
  AccountPacing,
  ChatvoltAccount,
  CustomAccount,
  WhatsAppCloudAccount,
  ZApiAccount,
} from './account.js';
import type {
  AccountOptions,
  ChatvoltAccountOptions,
  CustomAccountOptions,
  Pacing,
  WhatsAppCloudAccountOptions,
  ZApiAccountOptions,
} from './account-options.interface.js';
import { Secret } from './secret.js';

// WhatsApp Cloud API: throughput, and pair rate limits.
const CLOUD_PACING: AccountPacing = { perSecond: 80, perRecipientPerSecond: 1 / 6, burst: 45, accountBurst: 1 };
// Z-API paces itself; Chatvolt documents no pace.
const NO_PACING: AccountPacing = { burst: 1, accountBurst: 1 };

/** Makes the account that is used of the options that were given and found in order. */
export function sealAccount(options: AccountOptions): Account {
  if (isCustomOptions(options)) return Object.freeze(sealCustom(options));
  switch (options.provider) {
    case 'z-api':
      return Object.freeze(sealZApi(options));
    case 'chatvolt':
      return Object.freeze(sealChatvolt(options));
    case 'whatsapp-cloud':
      return Object.freeze(sealWhatsAppCloud(options));
  }
}

function sealZApi(options: ZApiAccountOptions): ZApiAccount {
  return {
    provider: options.provider,
    name: options.name,
    instanceId: options.instanceId,
    token: new Secret(options.token),
    ...(options.clientToken !== undefined && { clientToken: new Secret(options.clientToken) }),
    ...(options.authorization !== undefined && { authorization: new Secret(options.authorization) }),
    baseUrl: trimSlash(options.baseUrl ?? 'https://api.z-api.io'),
    webhookSecret: sealAll(options.webhookSecret),
    pacing: pacingOf(options.pacing, NO_PACING),
  };
}

function sealChatvolt(options: ChatvoltAccountOptions): ChatvoltAccount {
  return {
    provider: options.provider,
    name: options.name,
    apiKey: new Secret(options.apiKey),
    ...(options.agentId !== undefined && { agentId: options.agentId }),
    lookUpConversations: options.lookUpConversations ?? false,
    ...(options.channel !== undefined && { channel: options.channel }),
    baseUrl: trimSlash(options.baseUrl ?? 'https://api.chatvolt.ai'),
    webhookSecret: sealAll(options.webhookSecret),
    pacing: pacingOf(options.pacing, NO_PACING),
  };
}

function sealWhatsAppCloud(options: WhatsAppCloudAccountOptions): WhatsAppCloudAccount {
  return {
    provider: options.provider,
    name: options.name,
    phoneNumberId: options.phoneNumberId,
    accessToken: new Secret(options.accessToken),
    appSecret: sealAll(options.appSecret),
    ...(options.verifyToken !== undefined && { verifyToken: new Secret(options.verifyToken) }),
    graphVersion: options.graphVersion ?? 'v26.0',
    baseUrl: trimSlash(options.baseUrl ?? 'https://graph.facebook.com'),
    pacing: pacingOf(options.pacing, CLOUD_PACING),
  };
}

function isCustomOptions(options: AccountOptions): options is CustomAccountOptions {
  return typeof options.provider === 'object';
}

function sealCustom({ provider, name, pacing }: CustomAccountOptions): CustomAccount {
  return { provider: `custom:${provider.name}`, name, pacing: pacingOf(pacing, NO_PACING), custom: provider };
}

function sealAll(secrets: string | string[] | undefined): readonly Secret[] {
  const list = secrets === undefined ? [] : [secrets].flat();
  return Object.freeze(list.map((secret) => new Secret(secret)));
}

function pacingOf(given: Pacing | undefined, defaults: AccountPacing): AccountPacing {
  return Object.freeze({ ...defaults, ...given, accountBurst: given?.burst ?? defaults.accountBurst });
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
