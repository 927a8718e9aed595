import { BodyCheck } from '../checks/body-check.js';
import { chatvoltId } from '../identifiers.js';
import { isJsonObject, type JsonObject, parsedJson } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { Handling, MessageAct, ProviderRequest, ProviderSimulation } from '../provider-simulation.interface.js';
import { type Answer, jsonAnswer } from '../server/answer.js';
import type { SimulatedChatvoltAccount } from '../simulated-account.interface.js';
import { chatvoltCallback } from './chatvolt.callbacks.js';
import { chatvoltDrawing } from './chatvolt.drawing.js';
import { chatvoltSends } from './chatvolt-sends.js';
import type { SimulatedConversation } from './conversation.interface.js';
import { ConversationBook } from './conversation-book.js';

/** Chatvolt as documented. */
export class ChatvoltSimulation implements ProviderSimulation {
  readonly name = 'chatvolt';
  readonly pathPrefix = '/chatvolt';
  readonly conversations = new ConversationBook();
  readonly drawing = chatvoltDrawing;
  readonly receipts = ['failed'] as const;
  private readonly apiKey = 'simulated-chatvolt-api-key-a1';
  private readonly agentId = 'csimulatedagent0000000001';
  private readonly webhookSecret = 'simulated-chatvolt-webhook-secret-a1';

  constructor(private readonly root: string) {}

  account(): SimulatedChatvoltAccount {
    const { name, apiKey, agentId, webhookSecret } = this;
    const baseUrl = this.root + this.pathPrefix;
    return { provider: name, name, apiKey, agentId, lookUpConversations: true, webhookSecret, baseUrl };
  }

  handle(request: ProviderRequest): Handling {
    if (request.headers.authorization !== `Bearer ${this.apiKey}`) return refused(401, 'UNAUTHORIZED');
    const [first, second, third, fourth, ...more] = request.path.slice(1).split('/').map(decoded);
    const interactive = first === 'messages' && second === 'interactive' && third !== undefined && fourth === undefined;
    const byMessage = first === 'conversation' && second === 'message' && fourth !== undefined && more.length === 0;
    if (interactive && chatvoltSends.has(third)) {
      return this.posted(request, (body) => this.sendInteractive(third, body));
    }
    if (byMessage && (third === 'conversationId' || third === 'phone' || third === 'email')) {
      return this.posted(request, (body) => this.sendMessage(third, fourth, body));
    }
    if (request.path === '/conversation') return this.asked(request, () => this.list(request.query));
    if (first === 'agents' && second !== undefined && third === undefined) {
      return this.asked(request, () => this.agent(second));
    }
    return refused(404, 'NOT_FOUND');
  }

  rateLimited(): Answer {
    return jsonAnswer(429, { error: 'Too many requests' });
  }

  callback(message: AcceptedMessage, act: MessageAct): JsonObject {
    const conversation = this.conversations.find(message.conversationId ?? '');
    if (!conversation) throw new Error(`Message "${message.id}" belongs to no conversation`);
    return chatvoltCallback(message, act, conversation, this.agentId);
  }

  addressee(message: AcceptedMessage): string {
    return this.conversations.find(message.conversationId ?? '')?.channelExternalId ?? message.to;
  }

  webhookCredentials(): Record<string, string> {
    return { authorization: `Bearer ${this.webhookSecret}` };
  }

  private posted(request: ProviderRequest, send: (body: JsonObject) => Handling): Handling {
    if (request.method !== 'POST') return refused(405, 'METHOD_NOT_ALLOWED');
    const body = parsedJson(request.body);
    return isJsonObject(body) ? send(body) : invalid({ '': ['The body must be a JSON object'] });
  }

  private asked(request: ProviderRequest, answer: () => Answer): Handling {
    if (request.method !== 'GET') return refused(405, 'METHOD_NOT_ALLOWED');
    const given = answer();
    return { kind: given.status === 200 ? 'read' : 'refused', answer: given };
  }

  private sendInteractive(endpoint: string, body: JsonObject): Handling {
    const check = new BodyCheck(body);
    const reading = chatvoltSends.get(endpoint)?.(check);
    const refusal = bodyRefusal(check);
    if (refusal || !reading) return refusal ?? refused(404, 'NOT_FOUND');
    const conversation = this.conversations.find(String(body.conversationId));
    if (body.agentId !== this.agentId || !conversation) return refused(404, 'NOT_FOUND');
    return this.accepted(endpoint, conversation.id, conversation, body, reading);
  }

  private sendMessage(key: 'conversationId' | 'phone' | 'email', value: string, body: JsonObject): Handling {
    const check = new BodyCheck(body);
    const text = check.text('message');
    const agentId = key === 'conversationId' ? check.optionalText('agentId') : check.text('agentId');
    const channel = key === 'conversationId' ? '' : check.text('channel');
    if (key === 'phone' && !/^\d+$/.test(value)) check.refuse('phone', 'malformed', 'must be a number of digits only');
    if (key === 'email' && !value.includes('@')) check.refuse('email', 'malformed', 'must be an e-mail address');
    const refusal = bodyRefusal(check);
    if (refusal) return refusal;
    if (agentId !== undefined && agentId !== this.agentId) return refused(404, 'NOT_FOUND');
    const conversation =
      key === 'conversationId' ? this.conversations.find(value) : this.conversations.with(value, channel);
    if (!conversation) return refused(404, 'NOT_FOUND');
    return this.accepted('conversation/message', value, conversation, body, { text, buttons: [] });
  }

  private accepted(
    endpoint: string,
    to: string,
    conversation: SimulatedConversation,
    body: JsonObject,
    reading: Pick<AcceptedMessage, 'text' | 'buttons'>,
  ): Handling {
    const id = chatvoltId();
    const conversationId = conversation.id;
    return {
      kind: 'accepted',
      answer: jsonAnswer(200, { success: true, message: { id, conversationId } }),
      message: { id, provider: this.name, account: this.name, endpoint, to, conversationId, ...reading, body },
      settle: () => this.conversations.add(conversation),
    };
  }

  private list(query: URLSearchParams): Answer {
    const limit = Number(query.get('limit') ?? 100);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) return invalidBody({ limit: ['must be from 1 to 100'] });
    const page = this.conversations.page(query.get('channel'), limit, query.get('cursor'));
    if (!page) return invalidBody({ cursor: ['is not of this list'] });
    const agentId = query.get('agentId');
    return jsonAnswer(200, agentId === null || agentId === this.agentId ? page : []);
  }

  private agent(id: string): Answer {
    if (id !== this.agentId) return jsonAnswer(404, { error: 'NOT_FOUND' });
    return jsonAnswer(200, { id, name: 'Front desk' });
  }
}

function bodyRefusal(check: BodyCheck): Handling | undefined {
  const [fault] = check.faults;
  if (!fault) return undefined;
  const wellFormed = check.faults.every(({ rule }) => rule === 'not-allowed');
  if (wellFormed) {
    // What only WhatsApp objects to comes back through Chatvolt in Meta's words, and as if the fault were theirs.
    return refused(500, `(#131009) Parameter value is not valid: ${fault.message}`);
  }
  return invalid(Object.fromEntries(check.faults.map(({ path, message }) => [path, [message]])));
}

function invalidBody(details: Readonly<Record<string, readonly string[]>>): Answer {
  return jsonAnswer(400, { error: 'error invalid request body', details });
}

function invalid(details: Readonly<Record<string, readonly string[]>>): Handling {
  return { kind: 'refused', answer: invalidBody(details) };
}

function refused(status: number, error: string): Handling {
  return { kind: 'refused', answer: jsonAnswer(status, { error }) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
