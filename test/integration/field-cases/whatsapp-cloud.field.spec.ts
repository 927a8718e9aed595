import { testFieldCases } from './field-table.js';
import { whatsAppCloudCases } from './whatsapp-cloud.cases.js';
import { whatsAppCloudCodeCases } from './whatsapp-cloud.codes.cases.js';
import { whatsAppCloudIdentityCases } from './whatsapp-cloud.identity.cases.js';
import { whatsAppCloudInboundCases } from './whatsapp-cloud.inbound.cases.js';

testFieldCases('WhatsApp Cloud API field cases', [
  ...whatsAppCloudCases,
  ...whatsAppCloudCodeCases,
  ...whatsAppCloudIdentityCases,
  ...whatsAppCloudInboundCases,
]);
