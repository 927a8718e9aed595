import type { CustomAccount } from '../../config/accounts/custom.account.js';
import type { AdapterDefinition } from '../adapter-definition.interface.js';
import { CustomAdapter } from './custom.adapter.js';
import { CustomTransport } from './custom.transport.js';

export const CUSTOM_ADAPTER: AdapterDefinition<CustomAccount> = {
  adapter: CustomAdapter,
  services: [],
  providers: [CustomTransport],
  dtos: {},
  dtosWithOwnLimits: [],
};
