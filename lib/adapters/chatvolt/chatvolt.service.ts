import { Injectable } from '@nestjs/common';
import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { checkIsObject } from '../../message/check-send-options.js';
import type { Plain } from '../../message/plain.js';
import type { SendOptions } from '../../message/send-options.interface.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import type { ProviderOperation } from '../provider-operation.js';
import { type ReadOptions, requestContext } from '../send-context.js';
import { ChatvoltAdapter } from './chatvolt.adapter.js';
import { SEND_BUTTONS, SEND_CTA, SEND_LISTS, SEND_MESSAGE } from './chatvolt.operations.js';
import { agentRead, conversationsRead } from './chatvolt.reads.js';
import type { ChatvoltAgent, ChatvoltSendResult } from './chatvolt.responses.js';
import { ConversationLookup } from './conversation.lookup.js';
import {
  AgentQueryDto,
  ConversationQueryDto,
  type SendButtonsDto,
  type SendCtaDto,
  type SendListsDto,
  type SendMessageDto,
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
    checkIsObject(given);
    const { agentId: named, ...options } = given;
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    const agentId = named ?? account.agentId ?? '';
    this.sender.rejectInvalid(this.sender.issuesOf(AgentQueryDto, { agentId }), account);
    return this.sender.read(agentRead(account, agentId), options);
  }

  /** Reads one conversation. A cheap check of the key if the account has no agent. */
  async checkKey(options: ReadOptions = {}): Promise<void> {
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    await this.sender.read(conversationsRead(account), options);
  }

  private send<Dto extends object>(
    operation: ProviderOperation<Dto, ChatvoltAccount>,
    dto: Dto,
    options?: SendOptions,
  ): Promise<ChatvoltSendResult> {
    return this.sender.sendDto('chatvolt', this.provider, operation, dto, options);
  }
}
