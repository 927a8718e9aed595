import { chatvoltId } from '../identifiers.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { personName } from '../people/person-name.js';
import type { MessageAct } from '../provider-simulation.interface.js';
import type { SimulatedConversation } from './conversation.interface.js';

/** The body of Chatvolt's webhook for what became of a message. Throws for receipts, which Chatvolt has not. */
export function chatvoltCallback(
  message: AcceptedMessage,
  act: MessageAct,
  conversation: SimulatedConversation,
  agentId: string,
): JsonObject {
  if (act.kind === 'status' && act.status !== 'failed') {
    throw new Error(`Chatvolt has no delivery receipts: only "failed" can be told, not "${act.status}"`);
  }
  const party = conversation.channelExternalId;
  return {
    eventType: act.kind === 'status' ? 'AGENT_MESSAGE_BLOCKED' : 'USER_MESSAGE_RECEIVED',
    conversationId: conversation.id,
    messageId: act.kind === 'status' ? message.id : chatvoltId(),
    agentId,
    agentName: 'Front desk',
    channel: conversation.channel,
    conversationStatus: 'UNRESOLVED',
    conversationPriority: 'MEDIUM',
    isAiEnabled: false,
    organizationId: 'csimulatedorganization001',
    userName: personName(party),
    ...(party.includes('@') ? { userEmail: party } : { userPhone: party }),
    // The id of a pressed button is in no field of the real webhook: its title is all that arrives.
    ...(act.kind === 'press' ? { userMessage: act.button.title } : {}),
    ...(act.kind === 'text' ? { userMessage: act.text } : {}),
    ...(act.kind === 'status' ? { agentResponse: message.text } : {}),
    createdAt: new Date().toISOString(),
  };
}
