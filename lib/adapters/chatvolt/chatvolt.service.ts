import { Injectable } from '@nestjs/common';
import type { Issue } from '../../errors/issue.js';
import { checkIsObject } from '../../message/check-send-options.js';
import type { Plain } from '../../message/plain.js';
import { SEND_OPTIONS, type SendOptions } from '../../message/send-options.interface.js';
import { isRecord } from '../../validation/is-record.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import { type ReadOptions, requestContext } from '../send-context.js';
import { ChatvoltAdapter } from './chatvolt.adapter.js';
import {
  type ChatvoltOperation,
  outgoingMessageOf,
  outgoingOf,
  SEND_BUTTONS,
  SEND_CTA,
  SEND_LISTS,
  withAgent,
  withChannel,
} from './chatvolt.operations.js';
import { agentRead, oneConversationRead } from './chatvolt.reads.js';
import type { ChatvoltAgent, ChatvoltSendResult } from './chatvolt.responses.js';
import { ConversationLookup } from './conversation.lookup.js';
import {
  AgentQueryDto,
  ConversationQueryDto,
  type SendButtonsDto,
  type SendCtaDto,
  type SendListsDto,
  SendMessageDto,
} from './dto/index.js';

/**
 * Chatvolt in its own words. Buttons go into conversations, not to telephone numbers; a conversation's id comes from a
 * webhook, from `findConversation`, or from a message sent by telephone number. `agentId` may be left out where the
 * account has one. Every method checks its DTO and throws `InvalidMessageError` with all faults before anything is
 * sent; every other failure is a `ButtonMessagingError` whose `outcome` says whether the message may have gone out.
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
 */
@Injectable()
export class ChatvoltService {
  constructor(
    private readonly sender: ProviderOperations,
    private readonly provider: ChatvoltAdapter,
    private readonly finder: ConversationLookup,
  ) {}

  /** A text with one to three reply buttons. */
  sendButtons(dto: Plain<SendButtonsDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_BUTTONS, dto, options);
  }

  /** A text with one button that opens an address. */
  sendCta(dto: Plain<SendCtaDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_CTA, dto, options);
  }

  /** A text with a list to choose from. */
  sendLists(dto: Plain<SendListsDto>, options?: SendOptions): Promise<ChatvoltSendResult> {
    return this.send(SEND_LISTS, dto, options);
  }

  /** A text without buttons, to a conversation, a telephone number or an e-mail address. */
  async sendMessage(given: Plain<SendMessageDto>, options: SendOptions = {}): Promise<ChatvoltSendResult> {
    const dto = this.sender.withCountryCodes(given);
    const account = await this.sender.account('chatvolt', options, SEND_OPTIONS);
    const addressed = dto?.phone !== undefined || dto?.email !== undefined;
    const message = addressed ? withChannel(withAgent(dto, account), account) : dto;
    this.sender.refuse(
      [...this.sender.issuesOf(SendMessageDto, message), ...(addressed ? checkAgentId(message) : [])],
      account,
    );
    return this.sender.send(this.provider, outgoingMessageOf(message), account, options);
  }

  /**
   * The conversation with a telephone number on one of WhatsApp's channels, the newest if there are several, or
   * undefined. Groups and blocked conversations are passed over. Chatvolt has no such look-up: its list is read page by
   * page, a hundred conversations a request, and what was read is remembered for ten minutes. A read: it is repeated
   * after a fault on the way.
   *
   * @throws RecipientNotFoundError where the list goes on after 250 pages.
   */
  async findConversation(
    given: Plain<ConversationQueryDto>,
    options: ReadOptions = {},
  ): Promise<{ conversationId: string } | undefined> {
    const query = this.sender.withCountryCodes(given);
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    this.sender.refuse(this.sender.issuesOf(ConversationQueryDto, query), account);
    const { phone: person, channel, agentId } = query;
    const found = await this.finder.find(account, { person, channel, agentId }, requestContext(options));
    return found && { conversationId: found.id };
  }

  /** Asks for the agent, the account's own unless another is named: a cheap check that key and agent work together. */
  async checkAgent(given: ReadOptions & { agentId?: string } = {}): Promise<ChatvoltAgent> {
    checkIsObject(given);
    const { agentId: named, ...options } = given;
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    const agentId = named ?? account.agentId ?? '';
    this.sender.refuse(this.sender.issuesOf(AgentQueryDto, { agentId }), account);
    return this.sender.read(agentRead(account, agentId), options);
  }

  /** Asks for one conversation: a cheap check that the key works, where there is no agent to ask for. */
  async checkKey(options: ReadOptions = {}): Promise<void> {
    const account = await this.sender.account('chatvolt', options, READ_OPTIONS);
    await this.sender.read(oneConversationRead(account), options);
  }

  private async send<Dto extends { agentId?: string; conversationId: string }>(
    form: ChatvoltOperation<Dto>,
    given: Dto,
    options: SendOptions = {},
  ): Promise<ChatvoltSendResult> {
    const account = await this.sender.account('chatvolt', options, SEND_OPTIONS);
    const dto = withAgent(given, account);
    this.sender.refuse([...this.sender.issuesOf(form.dto, dto), ...checkAgentId(dto)], account);
    return this.sender.send(this.provider, outgoingOf(form, dto), account, options);
  }
}

/** That an agent is named at all is no rule of the DTO, as the account may name it. */
function checkAgentId(dto: unknown): Issue[] {
  // What is no object at all is one fault, and found elsewhere; so is an agent of a wrong form.
  if (!isRecord(dto) || dto.agentId !== undefined) return [];
  const message = 'agentId must be given, here or to the account';
  return [{ path: 'agentId', rule: 'isAgent', message }];
}
