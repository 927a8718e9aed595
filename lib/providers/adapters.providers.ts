import type { Provider } from '@nestjs/common';
import { ChatvoltProvider } from './chatvolt/chatvolt.provider.js';
import { ChatvoltService } from './chatvolt/chatvolt.service.js';
import { ConversationFinder } from './chatvolt/conversation-finder.js';
import { CustomMessagingProvider } from './custom/custom.provider.js';
import { CustomTransport } from './custom/custom.transport.js';
import { ProviderClient } from './provider-client.js';
import { ProviderSender } from './provider-sender.js';
import { MessagingProviders } from './providers.js';
import { WhatsAppCloudProvider } from './whatsapp-cloud/whatsapp-cloud.provider.js';
import { WhatsAppCloudService } from './whatsapp-cloud/whatsapp-cloud.service.js';
import { ZApiProvider } from './z-api/z-api.provider.js';
import { ZApiService } from './z-api/z-api.service.js';

export const ADAPTER_PROVIDERS: readonly Provider[] = [
  ProviderClient,
  ProviderSender,
  ZApiProvider,
  ZApiService,
  ConversationFinder,
  ChatvoltProvider,
  ChatvoltService,
  WhatsAppCloudProvider,
  WhatsAppCloudService,
  CustomTransport,
  CustomMessagingProvider,
  MessagingProviders,
];
