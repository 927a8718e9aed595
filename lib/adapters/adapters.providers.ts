import type { Provider } from '@nestjs/common';
import { ChatvoltAdapter } from './chatvolt/chatvolt.adapter.js';
import { ChatvoltService } from './chatvolt/chatvolt.service.js';
import { ConversationLookup } from './chatvolt/conversation.lookup.js';
import { CustomAdapter } from './custom/custom.adapter.js';
import { CustomTransport } from './custom/custom.transport.js';
import { ProviderClient } from './provider.client.js';
import { ProviderOperations } from './provider.operations.js';
import { ProviderRegistry } from './provider.registry.js';
import { WhatsAppCloudAdapter } from './whatsapp-cloud/whatsapp-cloud.adapter.js';
import { WhatsAppCloudService } from './whatsapp-cloud/whatsapp-cloud.service.js';
import { ZApiAdapter } from './z-api/z-api.adapter.js';
import { ZApiService } from './z-api/z-api.service.js';

export const ADAPTER_PROVIDERS: readonly Provider[] = [
  ProviderClient,
  ProviderOperations,
  ZApiAdapter,
  ZApiService,
  ConversationLookup,
  ChatvoltAdapter,
  ChatvoltService,
  WhatsAppCloudAdapter,
  WhatsAppCloudService,
  CustomTransport,
  CustomAdapter,
  ProviderRegistry,
];
