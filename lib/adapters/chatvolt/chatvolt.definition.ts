import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { AdapterDefinition } from '../adapter-definition.interface.js';
import { ChatvoltAdapter } from './chatvolt.adapter.js';
import { ChatvoltService } from './chatvolt.service.js';
import { ConversationLookup } from './conversation.lookup.js';
import { ConversationContentDto } from './dto/conversation-message.dto.js';
import * as dtos from './dto/index.js';

export const CHATVOLT_ADAPTER: AdapterDefinition<ChatvoltAccount> = {
  adapter: ChatvoltAdapter,
  services: [ChatvoltService],
  providers: [ConversationLookup],
  dtos,
  dtosWithOwnLimits: [ConversationContentDto],
};
