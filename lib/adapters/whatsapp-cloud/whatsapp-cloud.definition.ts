import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { AdapterDefinition } from '../adapter-definition.interface.js';
import { ApprovedTemplates } from './approved-templates.js';
import { CloudMessageDto } from './dto/cloud-message.dto.js';
import * as dtos from './dto/index.js';
import { WhatsAppCloudAdapter } from './whatsapp-cloud.adapter.js';
import { WhatsAppCloudService } from './whatsapp-cloud.service.js';

export const WHATSAPP_CLOUD_ADAPTER: AdapterDefinition<WhatsAppCloudAccount> = {
  adapter: WhatsAppCloudAdapter,
  services: [WhatsAppCloudService],
  providers: [ApprovedTemplates],
  dtos,
  dtosWithOwnLimits: [CloudMessageDto],
};
