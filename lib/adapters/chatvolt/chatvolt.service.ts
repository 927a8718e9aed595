import { Injectable } from '@nestjs/common';
import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { checkIsObject } from '../../message/check-send-options.js';
import type { Plain } from '../../message/plain.js';
import type { SendOptions } from '../../message/send-options.interface.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import type { ProviderOperation } from '../provider-operation.js';
import { type ReadOptions, requestContext } from '../send-context.js';
import { ChatvoltAdapter } from './chatvolt.adapter.js';
import {
  REQUEST_LOCATION,
  SEND_BUTTONS,
  SEND_CONTACT,
  SEND_CTA,
  SEND_LISTS,
  SEND_LOCATION,
  SEND_MESSAGE,
  SEND_TEMPLATE,
} from './chatvolt.operations.js';
import { agentRead, conversationsRead, setAiEnabledRequest, templatesRead } from './chatvolt.reads.js';
import type { ChatvoltAgent, ChatvoltSendResult, ChatvoltTemplate } from './chatvolt.responses.js';
import { ConversationLookup } from './conversation.lookup.js';
import {
  AgentQueryDto,
  type ChatvoltContactDto,
  type ChatvoltLocationDto,
  type ChatvoltLocationRequestDto,
  type ChatvoltTemplateDto,
  ConversationQueryDto,
  type SendButtonsDto,
  type SendCtaDto,
  type SendListsDto,
  type SendMessageDto,
  SetAiEnabledDto,
} from './dto/index.js';

/**
 * Sends messages in Chatvolt's own format. Chatvolt sends buttons to conversations, not to phone numbers. A
 * conversation's ID comes from a webhook, from `findConversation`, or from a message to a phone number. `agentId` is
 * optional if the account has one.
 *
 * Every method throws `InvalidMessageError` with all issues before it sends anything. Every other failure is a
 * `ButtonMessagingError`. Its `outcome` says whether the message may have been sent.
 *
 * @see https://docs.chatvolt.ai
 *
 * @example
 * constructor(private readonly chatvolt: ChatvoltService) {}
 *
 * askForConfirmation(conversationId: string) {
 *   return this.chatvolt.sendButtons({
 *     conversationId,
 *     body_text: 'Your appointment is tomorrow at 10:00.',
 *     button_1_id: 'confirm',
 *     button_1_title: 'Confirm',
 *   });
 * }
 *
 * @publicApi
 */
@Injectable()
export class ChatvoltService {
  constructor(
    private readonly sender: ProviderOperations,
    private readonly provider: ChatvoltAdapter,
    private readonly finder: ConversationLookup,
  ) {}

  /** Sends a text with one to three reply buttons. */
  sendButtons(dto: Plain<SendButtonsDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_BUTTONS, dto, options);
  }

  /** Sends a text with one link button. */
  sendCta(dto: Plain<SendCtaDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_CTA, dto, options);
  }

  /** Sends a text with a list. */
  sendLists(dto: Plain<SendListsDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_LISTS, dto, options);
  }

  /** Sends a text without buttons to a conversation, phone number or email address. */
  sendMessage(given: Plain<SendMessageDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_MESSAGE, given, options);
  }

  /**
   * Sends an approved template to a phone number, also outside the 24 hours. The result has the conversation that it
   * opens.
   *
   * @example
   * const { conversationId } = await chatvolt.sendTemplate({
   *   to: '5511999999999',
   *   templateName: 'reminder',
   *   templateLangCode: 'pt_BR',
   *   text: 'Ana, see you at 10:00.',
   *   var_patient: 'Ana',
   *   var_time: '10:00',
   * });
   */
  sendTemplate(dto: Plain<ChatvoltTemplateDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_TEMPLATE, dto, options);
  }

  /** Sends a place on the map. */
  sendLocation(dto: Plain<ChatvoltLocationDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_LOCATION, dto, options);
  }

  /** Sends a text with a button that shares the person's location. Only for the channel `whatsapp`. */
  requestLocation(dto: Plain<ChatvoltLocationRequestDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(REQUEST_LOCATION, dto, options);
  }

  /** Sends a contact card. */
  sendContact(dto: Plain<ChatvoltContactDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_CONTACT, dto, options);
  }

  /**
   * Sets whether the agent's AI replies in a conversation. Turn it off while your application or a person replies. Failed
   * requests are retried.
   */
  async setAiEnabled(dto: Plain<SetAiEnabledDto>, options: ReadOptions = {}): Promise<void> {
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    this.sender.rejectInvalid(this.sender.issuesOf(SetAiEnabledDto, dto), account);
    await this.sender.read(setAiEnabledRequest(account, dto), options);
  }

  /** Reads the templates of an agent's WhatsApp number, by default the account's agent. Failed requests are retried. */
  async listTemplates(given: ReadOptions & { agentId?: string } = {}): Promise<ChatvoltTemplate[]> {
    const { account, agentId, options } = await this.ofAgent(given);
    return this.sender.read(templatesRead(account, agentId), options);
  }

  /**
   * Finds the newest WhatsApp conversation with a phone number. Returns undefined if there is none. Ignores groups and
   * blocked conversations.
   *
   * Chatvolt has no lookup, so this reads its list, 100 conversations per request, and caches it for ten minutes.
   * Failed requests are retried.
   *
   * @throws RecipientNotFoundError if the list has more than 250 pages.
   */
  async findConversation(
    given: Plain<ConversationQueryDto>,
    options: ReadOptions = {},
  ): Promise<{ conversationId: string } | undefined> {
    const query = this.sender.withCountryCodes(given);
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    this.sender.rejectInvalid(this.sender.issuesOf(ConversationQueryDto, query), account);
    const { phone: person, channel, agentId } = query;
    const found = await this.finder.find(account, { person, channel, agentId }, requestContext(options));
    return found && { conversationId: found.id };
  }

  /** Reads the agent, by default the account's. A cheap check that the key and the agent match. */
  async checkAgent(given: ReadOptions & { agentId?: string } = {}): Promise<ChatvoltAgent> {
    const { account, agentId, options } = await this.ofAgent(given);
    return this.sender.read(agentRead(account, agentId), options);
  }

  /** Reads one conversation. A cheap check of the key if the account has no agent. */
  async checkKey(options: ReadOptions = {}): Promise<void> {
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    await this.sender.read(conversationsRead(account), options);
  }

  private async ofAgent(given: ReadOptions & { agentId?: string }) {
    checkIsObject(given);
    const { agentId: named, ...options } = given;
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    const agentId = named ?? account.agentId ?? '';
    this.sender.rejectInvalid(this.sender.issuesOf(AgentQueryDto, { agentId }), account);
    return { account, agentId, options };
  }

  private send<Dto extends object>(
    operation: ProviderOperation<Dto, ChatvoltAccount>,
    dto: Dto,
    options?: SendOptions,
  ): Promise<ChatvoltSendResult> {
    return this.sender.sendDto('chatvolt', this.provider, operation, dto, options);
  }
}
