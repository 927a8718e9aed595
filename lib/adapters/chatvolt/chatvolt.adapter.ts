import { Injectable } from '@nestjs/common';
import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { RecipientNotFoundError } from '../../errors/provider.errors.js';
import type { InboundMedia } from '../../events/messaging-event.interface.js';
import { type Message, messageKind, type RichMessage } from '../../message/message.interface.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import { parseRecipient } from '../../message/recipient.js';
import { CircuitBreakers } from '../../resilience/circuit-breakers.js';
import { DtoValidator } from '../../validation/index.js';
import { ProviderClient, type WireFormat } from '../provider.client.js';
import type {
  Mapping,
  MediaLocation,
  OutgoingMessage,
  ProviderAdapter,
  ProviderHealth,
  SendResult,
} from '../provider-adapter.interface.js';
import { dtoMapper } from '../provider-operation.js';
import { previewRequest } from '../request-preview.js';
import type { RequestContext, SendContext } from '../send-context.js';
import { textFallbackMapping } from '../text-fallback-mapping.js';
import { mapToChatvolt, mapToChatvoltText, personKindOf } from './chatvolt.mapper.js';
import { chatvoltMedia } from './chatvolt.media.js';
import { conversationIn, intoConversation } from './chatvolt.operations.js';
import { agentRead, conversationsRead } from './chatvolt.reads.js';
import { chatvoltRequestBuilder } from './chatvolt.request-builder.js';
import { type ChatvoltSendResult, readSend } from './chatvolt.responses.js';
import { chatvoltWebhook } from './chatvolt.webhook.js';
import { ConversationLookup } from './conversation.lookup.js';

/** A message whose conversation is looked up when it is sent. Until then its path contains a placeholder. */
interface ChatvoltOutgoing extends OutgoingMessage {
  lookUp?: LookUp;
}

interface LookUp {
  /** A phone number or lid. */
  person: string;
  /** Whether the message can be sent without a conversation: a text to a phone number can. */
  canSendDirectly: boolean;
}

// Previews show this, because the conversation is looked up when the message is sent.
const UNKNOWN_CONVERSATION = '[conversation]';

/** @param conversationId The conversation of the request, so that its ID is not mistaken for the message's. */
function wireInto(conversationId?: string): WireFormat<ChatvoltAccount, ChatvoltSendResult> {
  return {
    requestBuilderFor: chatvoltRequestBuilder,
    read: (response, account, sent) => readSend(response, account, sent, conversationId),
    facts: ({ messageId, conversationId: conversation }) => ({ messageId, conversation }),
    sampleBody: (messageId) => ({ messageId }),
  };
}

/** Sends messages of `ButtonMessagingService` through Chatvolt. */
@Injectable()
export class ChatvoltAdapter implements ProviderAdapter<ChatvoltAccount, ChatvoltSendResult> {
  readonly webhook = chatvoltWebhook;

  constructor(
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
    private readonly finder: ConversationLookup,
    private readonly breakers: CircuitBreakers,
  ) {}

  map(message: Message, account: ChatvoltAccount): Mapping {
    const mapping = mapToChatvolt(message, account, dtoMapper(this.validator, account));
    const kind = messageKind(message);
    // A template opens the conversation.
    return kind === 'template' ? mapping : withLookUp(mapping, message, account, kind === 'text');
  }

  mapText(message: RichMessage, account: ChatvoltAccount): Mapping {
    const mapping = mapToChatvoltText(message, account, dtoMapper(this.validator, account));
    return withLookUp(textFallbackMapping(mapping, message), message, account, true);
  }

  preview(outgoing: ChatvoltOutgoing, account: ChatvoltAccount): RequestPreview {
    const shown = outgoing.lookUp === undefined ? outgoing : intoConversation(outgoing, UNKNOWN_CONVERSATION);
    const { path, ...preview } = previewRequest({ requestBuilderFor: chatvoltRequestBuilder }, account, shown);
    return { path: path.replaceAll(encodeURIComponent(UNKNOWN_CONVERSATION), UNKNOWN_CONVERSATION), ...preview };
  }

  async send(
    outgoing: ChatvoltOutgoing,
    account: ChatvoltAccount,
    context: SendContext,
  ): Promise<SendResult<ChatvoltSendResult>> {
    const { lookUp } = outgoing;
    if (lookUp === undefined) return this.client.send(wireInto(conversationIn(outgoing)), account, outgoing, context);
    this.breakers.rejectIfOpen(account);
    const found = await this.find(lookUp, account, context);
    try {
      return await this.sendInto(found?.id, outgoing, account, context);
    } catch (error) {
      if (!found?.remembered || !isGone(error)) throw error;
      this.finder.forget(account, lookUp, found.id);
      const again = await this.find(lookUp, account, context);
      if (again === undefined && !lookUp.canSendDirectly) throw error;
      return this.sendInto(again?.id, outgoing, account, context);
    }
  }

  async locateMedia(media: InboundMedia, account: ChatvoltAccount): Promise<MediaLocation> {
    return chatvoltMedia(media, account);
  }

  async checkHealth(account: ChatvoltAccount, context: RequestContext): Promise<ProviderHealth> {
    const { agentId } = account;
    await this.client.read<unknown>(
      agentId === undefined ? conversationsRead(account) : agentRead(account, agentId),
      context,
    );
    return { status: 'up' };
  }

  private async find(lookUp: LookUp, account: ChatvoltAccount, context: SendContext) {
    try {
      return await this.finder.find(account, lookUp, context);
    } catch (error) {
      if (lookUp.canSendDirectly && error instanceof RecipientNotFoundError) return undefined;
      throw error;
    }
  }

  private sendInto(
    conversationId: string | undefined,
    { lookUp, ...outgoing }: ChatvoltOutgoing,
    account: ChatvoltAccount,
    context: SendContext,
  ): Promise<SendResult<ChatvoltSendResult>> {
    if (conversationId !== undefined) {
      return this.client.send(wireInto(conversationId), account, intoConversation(outgoing, conversationId), context);
    }
    if (lookUp?.canSendDirectly) return this.client.send(wireInto(), account, outgoing, context);
    throw new RecipientNotFoundError(
      'Chatvolt has no WhatsApp conversation between this recipient and the agent. The recipient must write first',
      { provider: account.provider, account: account.name, scope: 'account' },
    );
  }
}

/** Adds a conversation lookup to the message, if the account has `lookUpConversations`. */
function withLookUp(mapping: Mapping, message: Message, account: ChatvoltAccount, isText: boolean): Mapping {
  const kind = personKindOf(message);
  if ('reasons' in mapping || !account.lookUpConversations || kind === undefined) return mapping;
  const outgoing: ChatvoltOutgoing = {
    ...mapping.outgoing,
    lookUp: { person: parseRecipient(message.to).value, canSendDirectly: isText && kind === 'phone' },
  };
  return { outgoing };
}

/** Checks if a cached conversation no longer exists, so that nothing was sent. */
function isGone(error: unknown): boolean {
  return error instanceof RecipientNotFoundError && error.status === 404 && error.outcome === 'not-sent';
}
