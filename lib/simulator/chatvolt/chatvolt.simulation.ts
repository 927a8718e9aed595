import { chatvoltId } from '../identifiers.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type { Inbound } from '../inbound/inbound.js';
import { isJsonObject, type JsonObject, parsedJson } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { PeopleStore } from '../people/people-store.js';
import { type Handling, type ProviderRequest, ProviderSimulation, type StatusUpdate } from '../provider-simulation.js';
import { decodedPart } from '../server/decoded-part.js';
import { type HttpResponse, jsonResponse } from '../server/http-response.js';
import { notSimulated } from '../server/not-simulated.js';
import type { SimulatedChatvoltAccount } from '../simulated-account.interface.js';
import { chatvoltAccounts } from './chatvolt.accounts.js';
import { invalid, invalidBody, rejected } from './chatvolt.answers.js';
import { chatvoltAccountNews, chatvoltEcho, chatvoltInbound, chatvoltStatus, textOf } from './chatvolt.callbacks.js';
import { chatvoltContent } from './chatvolt.phone-content.js';
import { ChatvoltMessages } from './chatvolt-messages.js';
import { CHATVOLT_SENDS } from './chatvolt-sends.js';
import type { ConversationOptions, SimulatedConversation } from './conversation.interface.js';
import { ConversationStore, partyAddress, recordOf } from './conversation-store.js';

/** Simulates Chatvolt as documented. Undocumented behaviour follows its open source code and reports of integrators. */
export class ChatvoltSimulation extends ProviderSimulation {
  readonly phoneContent = chatvoltContent;
  override readonly receipts = ['failed'] as const;
  readonly accounts = chatvoltAccounts(this.baseUrl);
  readonly conversations = new ConversationStore(this.accounts.get(this.name).agentId);

  constructor(root: string, people: PeopleStore) {
    super('chatvolt', root, people);
  }

  handle(request: ProviderRequest): Handling {
    return this.download(request) ?? this.call(request);
  }

  private call(request: ProviderRequest): Handling {
    const [first, ...others] = this.accounts
      .list()
      .filter(({ apiKey }) => request.headers.authorization === `Bearer ${apiKey}`);
    if (!first) return rejected(401, 'UNAUTHORIZED');
    const accounts = [first, ...others] as const;
    const isForeign = (agentId: string): boolean =>
      this.accounts.find((known) => known.agentId === agentId) !== undefined;
    const messages = new ChatvoltMessages(this.conversations, [first, ...others], isForeign);
    return this.sent(request, messages) ?? this.looked(request, accounts) ?? missing(request);
  }

  statusUpdate(message: AcceptedMessage, statusUpdate: StatusUpdate): JsonObject {
    const conversation = this.conversationOf(message);
    return chatvoltStatus(message, statusUpdate, conversation, this.partyOf(conversation));
  }

  inbound(name: string, inbound: Inbound): JsonObject {
    const { agentId } = this.accounts.get(name);
    const conversation = this.conversationFor(inbound, agentId);
    const isAiEnabled = this.conversations.isAiEnabled(conversation.id);
    const body = chatvoltInbound(inbound, conversation, this.fileUrl(inbound.content), isAiEnabled);
    this.conversations.add(conversation);
    const id = typeof body.messageId === 'string' ? body.messageId : chatvoltId();
    this.conversations.note(recordOf(id, conversation.id, textOf(inbound.content), 'user'));
    return body;
  }

  echo(message: AcceptedMessage): JsonObject {
    const conversation = this.conversationOf(message);
    return chatvoltEcho(message, conversation, this.partyOf(conversation));
  }

  accountNews(name: string, news: AccountNews): JsonObject {
    const { agentId } = this.accounts.get(name);
    const known = this.conversations.list().find((conversation) => conversation.agentId === agentId);
    const conversation = known ?? this.conversations.made({ agentId, channel: 'whatsapp', channelExternalId: '' });
    return chatvoltAccountNews(news, conversation, this.partyOf(conversation));
  }

  override phoneAddress(message: AcceptedMessage): string {
    return partyAddress(this.conversations.find(message.conversationId ?? '')?.channelExternalId ?? message.to);
  }

  groupOf(message: AcceptedMessage): string | undefined {
    const conversation = this.conversations.find(message.conversationId ?? '');
    return conversation?.isGroup ? conversation.channelExternalId : undefined;
  }

  webhookCredentials(account: string): Record<string, string> {
    return { authorization: `Bearer ${this.accounts.get(account).webhookSecret}` };
  }

  /** Opens a conversation, or returns the open private one with the phone number if no other options are given. */
  open(phone: string, options: ConversationOptions): SimulatedConversation {
    const { agentId } = this.accounts.get(options.account ?? this.name);
    const { channel = 'whatsapp', channelExternalId = phone.replace(/\D/g, '') } = options;
    const party = { agentId, channel, channelExternalId };
    const isPlain = Object.keys(options).every((name) => name === 'channel' || name === 'account');
    const conversation =
      (isPlain ? this.conversations.privateWith(party) : undefined) ?? this.conversations.made(party, options);
    this.conversations.add(conversation, options.listed);
    return conversation;
  }

  private sent(request: ProviderRequest, messages: ChatvoltMessages): Handling | undefined {
    const path = request.path
      .slice(1)
      .split('/')
      .map((part) => decodedPart(part));
    const [first, second = '', third = '', fourth = ''] = path;
    const whole = path.length;
    if (first === 'messages' && second === 'interactive' && whole === 3 && CHATVOLT_SENDS.has(third)) {
      return posted(request, (body) => messages.interactive(third, body));
    }
    if (first === 'conversation' && second === 'message' && whole === 4) {
      if (third !== 'conversationId' && third !== 'phone' && third !== 'email') return undefined;
      return posted(request, (body) => messages.text(third, fourth, body));
    }
    if (first === 'conversations' && third === 'set-ai-enabled' && whole === 3) {
      return posted(request, (body) => messages.setAiEnabled(second, body));
    }
    if (request.path === '/whatsapp/templates' && request.method === 'GET') {
      return messages.templates(request.query.get('agentId') ?? '');
    }
    if (first === 'whatsapp' && third === 'template-message' && whole === 3) {
      return posted(request, (body) => messages.template(body));
    }
    if (first === 'zapi' && fourth === 'message' && whole === 4) {
      return posted(request, (body) => messages.byInstance('zapi', third, body));
    }
    if (first === 'zapper' && second === 'instances' && fourth === 'message' && whole === 4) {
      return posted(request, (body) => messages.byInstance('zapper', String(body.contactPhone ?? ''), body));
    }
    return undefined;
  }

  private looked(request: ProviderRequest, accounts: readonly SimulatedChatvoltAccount[]): Handling | undefined {
    const [first, second = '', third, fourth, ...more] = request.path
      .slice(1)
      .split('/')
      .map((part) => decodedPart(part));
    if (request.path === '/conversation') return asked(request, () => this.page(request.query, accounts));
    if (first === 'agents' && second !== '' && third === undefined) {
      const isKnown = accounts.some(({ agentId }) => agentId === second);
      return asked(request, () => (isKnown ? jsonResponse(200, { id: second, name: 'Front desk' }) : unknown()));
    }
    if (first === 'conversation' && third === 'messages' && fourth !== undefined && more.length === 0) {
      const records = this.conversations.recordsOf(second);
      return asked(request, () => jsonResponse(200, records.slice(-Math.max(1, Number(fourth) || 1))));
    }
    if (first === 'messages' && second !== '' && second !== 'interactive' && third === undefined) {
      const record = this.conversations.record(second);
      return asked(request, () => (record ? jsonResponse(200, record) : unknown()));
    }
    return undefined;
  }

  private page(query: URLSearchParams, accounts: readonly SimulatedChatvoltAccount[]): HttpResponse {
    const limit = Number(query.get('limit') ?? 25);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) return invalidBody({ limit: ['must be from 1 to 100'] });
    const agentId = query.get('agentId') ?? accounts[0]?.agentId;
    if (!accounts.some((account) => account.agentId === agentId)) return jsonResponse(200, []);
    const page = this.conversations.page(agentId, query.get('channel'), limit, query.get('cursor'));
    return page ? jsonResponse(200, page) : invalidBody({ cursor: ['is not of this list'] });
  }

  private conversationOf(message: AcceptedMessage): SimulatedConversation {
    const conversation = this.conversations.find(message.conversationId ?? '');
    if (!conversation) throw new Error(`Message "${message.id}" belongs to no conversation`);
    return conversation;
  }

  /** A person who writes first opens a conversation. */
  private conversationFor(inbound: Inbound, agentId: string): SimulatedConversation {
    const { answered, from, group, channel = 'whatsapp' } = inbound;
    if (answered) return this.conversationOf(answered);
    if (group === undefined) {
      return this.conversations.with({ agentId, channel, channelExternalId: from.phone ?? from.lid });
    }
    const party = { agentId, channel, channelExternalId: group };
    const known = this.conversations
      .list()
      .find((one) => one.isGroup && one.agentId === agentId && one.channelExternalId === group);
    return known ?? this.conversations.made(party, { isGroup: true });
  }

  private partyOf({ channelExternalId }: SimulatedConversation) {
    return this.people.at(partyAddress(channelExternalId));
  }
}

function posted(request: ProviderRequest, send: (body: JsonObject) => Handling): Handling {
  if (request.method !== 'POST') return rejected(405, 'METHOD_NOT_ALLOWED');
  const body = parsedJson(request.body);
  return isJsonObject(body) ? send(body) : invalid({ '': ['The body must be a JSON object'] });
}

function asked(request: ProviderRequest, answer: () => HttpResponse): Handling {
  if (request.method !== 'GET') return rejected(405, 'METHOD_NOT_ALLOWED');
  const given = answer();
  return { kind: given.status === 200 ? 'read' : 'refused', answer: given };
}

function unknown(): HttpResponse {
  return jsonResponse(404, { error: 'NOT_FOUND' });
}

function missing({ method, path }: ProviderRequest): Handling {
  return { kind: 'refused', answer: notSimulated(`${method} ${path.split('/').slice(0, 3).join('/')}`) };
}
