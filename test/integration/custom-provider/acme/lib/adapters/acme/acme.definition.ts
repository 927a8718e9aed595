import type { AcmeAccount } from '../../config/accounts/acme.account.js';
import type { AdapterDefinition } from '../adapter-definition.interface.js';
import { AcmeAdapter } from './acme.adapter.js';
import { AcmeService } from './acme.service.js';
import * as dtos from './dto/index.js';

export const ACME_ADAPTER: AdapterDefinition<AcmeAccount> = {
  adapter: AcmeAdapter,
  services: [AcmeService],
  providers: [],
  dtos,
  dtosWithOwnLimits: [],
};
