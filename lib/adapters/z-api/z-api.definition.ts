import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { AdapterDefinition } from '../adapter-definition.interface.js';
import * as dtos from './dto/index.js';
import { ZApiAdapter } from './z-api.adapter.js';
import { ZApiService } from './z-api.service.js';

export const Z_API_ADAPTER: AdapterDefinition<ZApiAccount> = {
  adapter: ZApiAdapter,
  services: [ZApiService],
  providers: [],
  dtos,
  dtosWithOwnLimits: [],
};
