import type { ChatvoltAccount } from '../../config/account.js';
import { RecipientNotFoundError } from '../../errors/provider.errors.js';
import type { ButtonMessage } from '../../message/button-message.interface.js';
import { addressOf } from '../../message/message-address.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import type { DtoClass, DtoValidator } from '../../validation/index.js';
import type { Accepted, Mapping, MessagingProvider, OutgoingMessage, SendLimits } from '../messaging-provider.js';
import { numberedMapping } from '../numbered-mapping.js';
import type { ProviderClient, Wire } from '../provider-client.js';
import { previewRequest } from '../request-preview.js';
import { chatvoltEntrance } from './chatvolt.entrance.js';
import { outgoingMessageOf, outgoingOf, SEND_BUTTONS, SEND_CTA, withAgent } from './chatvolt.forms.js';
import { type ChatvoltMapping, mapToChatvolt, mapToChatvoltText } from './chatvolt.mapper.js';
import { type ChatvoltSendResult, readSend } from './chatvolt.results.js';
import type { ConversationFinder } from './conversation-finder.js';
import { SendMessageDto } from './dto/index.js';

/** A message whose conversation is still to be found: its body holds the telephone number in that place. */
interface ChatvoltOutgoing extends OutgoingMessage {
  lookUp?: string;
}

// What a preview shows: the conversation is looked up when the message is sent.
const TO_BE_FOUND = '[conversation]';

const WIRE: Wire<ChatvoltAccount, ChatvoltSendResult> = {
  enter: chatvoltEntrance,
  read: readSend,
  messageId: (result) => result.messageId,
};

/** Chatvolt for `ButtonMessagingService`. */
export class ChatvoltProvider implements MessagingProvider<ChatvoltAccount, ChatvoltSendResult> {
  readonly name = 'chatvolt';

  constructor(
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
    private readonly finder: ConversationFinder,
  ) {}

  map(message: ButtonMessage, account: ChatvoltAccount): Mapping {
    const mapping = this.mappingOf(mapToChatvolt(message, account), account);
    const { form, value } = addressOf(message.to);
    if ('reasons' in mapping || form !== 'phone') return mapping;
    const outgoing: ChatvoltOutgoing = { ...mapping.outgoing, lookUp: value };
    return { outgoing };
  }

  mapText(message: ButtonMessage, account: ChatvoltAccount): Mapping {
    return numberedMapping(this.mappingOf(mapToChatvoltText(message, account), account), message);
  }

  preview(outgoing: ChatvoltOutgoing, account: ChatvoltAccount): RequestPreview {
    const found = outgoing.lookUp === undefined ? outgoing : addressedTo(TO_BE_FOUND, outgoing);
    return previewRequest(WIRE, account, found);
  }

  async send(
    outgoing: ChatvoltOutgoing,
    account: ChatvoltAccount,
    limits: SendLimits,
  ): Promise<Accepted<ChatvoltSendResult>> {
    return this.client.send(WIRE, account, await this.addressed(outgoing, account, limits), limits);
  }

  private async addressed(outgoing: ChatvoltOutgoing, account: ChatvoltAccount, limits: SendLimits) {
    if (outgoing.lookUp === undefined) return outgoing;
    const conversationId = await this.finder.find(account, { phone: outgoing.lookUp }, limits);
    if (conversationId !== undefined) return addressedTo(conversationId, outgoing);
    throw new RecipientNotFoundError('Chatvolt has no conversation with this telephone number', {
      provider: account.provider,
      account: account.name,
    });
  }

  private mappingOf(mapping: ChatvoltMapping, account: ChatvoltAccount): Mapping {
    if ('buttons' in mapping) {
      const dto = withAgent(mapping.buttons, account);
      return this.checked(SEND_BUTTONS.dto, dto, () => outgoingOf(SEND_BUTTONS, dto));
    }
    if ('cta' in mapping) {
      const dto = withAgent(mapping.cta, account);
      return this.checked(SEND_CTA.dto, dto, () => outgoingOf(SEND_CTA, dto));
    }
    if ('text' in mapping) {
      const dto = mapping.text.phone === undefined ? mapping.text : withAgent(mapping.text, account);
      return this.checked(SendMessageDto, dto, () => outgoingMessageOf(dto));
    }
    return mapping;
  }

  private checked(dtoClass: DtoClass, dto: object, outgoing: () => OutgoingMessage): Mapping {
    const issues = this.validator.validate(dtoClass, dto);
    return issues.length > 0 ? { reasons: issues.map((issue) => issue.message) } : { outgoing: outgoing() };
  }
}

function addressedTo(conversationId: string, outgoing: ChatvoltOutgoing): OutgoingMessage {
  return { ...outgoing, body: { ...outgoing.body, conversationId }, recipient: conversationId };
}
