import { chatAdapter } from './chat-adapter.js';
import type { CloudClientFactory } from './cloud-client.interface.js';
import { greatDetail } from './great-detail.js';
import { kapso } from './kapso.js';
import { microfox } from './microfox.js';
import { whatsappApiJs } from './whatsapp-api-js.js';
import { whatsappBusiness } from './whatsapp-business.js';

/** The clients of the Cloud API that are tested. */
export const CLOUD_CLIENTS: readonly CloudClientFactory[] = [
  kapso,
  whatsappApiJs,
  greatDetail,
  chatAdapter,
  microfox,
  whatsappBusiness,
];
